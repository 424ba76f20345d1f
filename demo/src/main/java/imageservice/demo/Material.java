package imageservice.demo;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What releases of every version take from Debian's packages.
///
/// @param machines what each architecture boots
/// @param grub the modules of GRUB by their paths in an image
record Material(PerArchitecture<Machine> machines, SortedMap<String, Blob> grub) {
  /// @param boot systemd-boot
  /// @param stub what UKIs begin with
  record Machine(Kernel kernel, Blob busybox, Blob boot, Blob stub) {}

  private static final String BUSYBOX = "bin/busybox";
  private static final String EFI = "usr/lib/systemd/boot/efi/";

  /// Reads the packages; the two architectures at the same time.
  ///
  /// @param folder a new one, where the files lie for as long as the material is used
  static Material read(Packages packages, Path folder) throws IOException {
    PerArchitecture<Machine> machines =
        PerArchitecture.atOnce(architecture -> machine(packages, architecture, folder));
    return new Material(machines, grub(packages, folder));
  }

  private static Machine machine(Packages packages, Architecture architecture, Path folder)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(architecture.toString()));
    Kernel kernel = Kernel.of(packages.kernel(architecture), folder(own, "kernel"));
    Map<String, Blob> busybox =
        packages.busybox(architecture).extract(BUSYBOX::equals, folder(own, "busybox"));
    Map<String, Blob> efi =
        packages
            .systemdBoot(architecture)
            .extract(path -> path.startsWith(EFI), folder(own, "efi"));
    String suffix = architecture == Architecture.AMD64 ? "x64" : "aa64";
    return new Machine(
        kernel,
        require(busybox, BUSYBOX),
        require(efi, EFI + "systemd-boot" + suffix + ".efi"),
        require(efi, EFI + "linux" + suffix + ".efi.stub"));
  }

  private static SortedMap<String, Blob> grub(Packages packages, Path folder) throws IOException {
    SortedMap<String, Blob> all = new TreeMap<>();
    for (Packages.Grub each : Packages.Grub.values()) {
      String below = "usr/lib/grub/" + each.platform() + "/";
      all.putAll(
          packages
              .grub(each)
              .extract(
                  path -> path.startsWith(below) && isPartOfGrub(path),
                  folder(folder, each.platform())));
    }
    return all;
  }

  private static boolean isPartOfGrub(String path) {
    return path.endsWith(".mod") || path.endsWith(".lst") || path.endsWith(".img");
  }

  private static Path folder(Path parent, String name) throws IOException {
    return Files.createDirectories(parent.resolve(name));
  }

  private static Blob require(Map<String, Blob> files, String path) throws IOException {
    Blob file = files.get(path);
    if (file == null) {
      throw new IOException("a package of Debian's has no " + path);
    }
    return file;
  }
}
