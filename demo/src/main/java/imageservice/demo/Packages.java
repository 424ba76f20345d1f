package imageservice.demo;

import imageservice.asset.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Debian's packages in the folder that `grub-kit/debian-packages.sh` keeps: `debs/index` has a
/// line `NAME:ARCHITECTURE/SUITE FILE` for each, and `debs/dependency.NAME_ARCHITECTURE_SUITE` what
/// a meta package depends on.
public record Packages(Path folder) {
  private static final String SUITE = "bookworm";

  /// Of systemd-boot and its stub, as only newer ones know profiles of UKIs.
  private static final String EFI_SUITE = "trixie";

  private static final String META = "linux-image-cloud-";
  private static final String BUSYBOX = "busybox-static";
  private static final String BOOT = "systemd-boot-efi";

  /// A package of GRUB's, which has a folder for its platform.
  enum Grub {
    PC("grub-pc-bin", "i386-pc", Architecture.AMD64),
    EFI_AMD64("grub-efi-amd64-bin", "x86_64-efi", Architecture.AMD64),
    EFI_ARM64("grub-efi-arm64-bin", "arm64-efi", Architecture.ARM64);

    private final String name;
    private final String platform;
    private final Architecture architecture;

    Grub(String name, String platform, Architecture architecture) {
      this.name = name;
      this.platform = platform;
      this.architecture = architecture;
    }

    String platform() {
      return platform;
    }
  }

  /// Whether everything is there that releases are made of.
  public boolean isComplete() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      Optional<String> kernel = kernelName(architecture);
      if (kernel.isEmpty()) {
        return false;
      }
      wanted.add(spec(kernel.get(), architecture, SUITE));
      wanted.add(spec(BUSYBOX, architecture, SUITE));
      wanted.add(spec(BOOT, architecture, EFI_SUITE));
    }
    for (Grub grub : Grub.values()) {
      wanted.add(spec(grub.name, grub.architecture, SUITE));
    }
    for (String each : wanted) {
      if (find(each).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /// Debian's newest kernel for clouds, by the meta package that depends on it.
  DebianPackage kernel(Architecture architecture) throws IOException {
    Optional<String> name = kernelName(architecture);
    if (name.isEmpty()) {
      throw missing(spec(META + architecture, architecture, SUITE));
    }
    return require(spec(name.get(), architecture, SUITE));
  }

  DebianPackage busybox(Architecture architecture) throws IOException {
    return require(spec(BUSYBOX, architecture, SUITE));
  }

  DebianPackage systemdBoot(Architecture architecture) throws IOException {
    return require(spec(BOOT, architecture, EFI_SUITE));
  }

  DebianPackage grub(Grub grub) throws IOException {
    return require(spec(grub.name, grub.architecture, SUITE));
  }

  private Optional<String> kernelName(Architecture architecture) throws IOException {
    return lines("dependency.%s%s_%s_%s".formatted(META, architecture, architecture, SUITE))
        .stream()
        .map(String::strip)
        .findFirst();
  }

  private static String spec(String name, Architecture architecture, String suite) {
    return "%s:%s/%s".formatted(name, architecture, suite);
  }

  private DebianPackage require(String spec) throws IOException {
    return find(spec).orElseThrow(() -> missing(spec));
  }

  private Optional<DebianPackage> find(String spec) throws IOException {
    return lines("index").stream()
        .filter(line -> line.startsWith(spec + " "))
        .map(line -> debs().resolve(line.substring(spec.length() + 1).replace("/", "")))
        .filter(Files::isRegularFile)
        .map(DebianPackage::new)
        .findFirst();
  }

  private List<String> lines(String file) throws IOException {
    Path path = debs().resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  private Path debs() {
    return folder.resolve("debs");
  }

  private IOException missing(String spec) {
    return new IOException(
        "there is no Debian package %s in %s: fetch it with grub-kit/fetch-packages --cache %s"
            .formatted(spec, folder, folder));
  }
}
