package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Boots disk images with three extensions: by each boot loader and firmware, on both sizes of
/// sectors, and out of each container, unpacked as people unpack them.
@Boots
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DiskBootTest {
  private static final List<String> VERSIONS =
      List.of("v1.5.5", "v1.7.6", "v1.9.5", "v1.11.0", "v1.13.2", "v1.14.0");

  /// The record of key 10, `a=b`, as a machine reads it from the partition of that name.
  private static final String META = "0000000a" + "00000003" + "613d62";

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService service;

  @BeforeAll
  void start() throws Exception {
    service = OwnService.start(BootMaterial.prepare(VERSIONS)::machine, 0);
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} {4} {5}")
  @CsvSource({
    "v1.9.5, amd64, bios, none, 512, .qcow2",
    "v1.9.5, amd64, uefi, none, 512, .raw.xz",
    "v1.13.2, amd64, bios, dual-boot, 512, .vhd.xz",
    "v1.13.2, amd64, uefi, dual-boot, 512, .ova",
    "v1.13.2, amd64, uefi, sd-boot, 4096, .raw.gz",
    "v1.13.2, arm64, uefi, none, 512, .raw.zst",
  })
  void boots(
      String version,
      String architecture,
      String firmware,
      String loader,
      String sector,
      String suffix)
      throws Exception {
    Disk disk = new Disk(version, architecture, loader, sector, suffix);
    String log = boot(disk, firmware, download(disk));
    assertThat(log)
        .contains("MINI-TALOS version: " + version, "MINI-TALOS firmware: " + firmware)
        .contains("MINI-TALOS partition: vda1 EFI ", " META 2048")
        .contains("hello.txt: hello from mini-hello on " + architecture)
        .contains("MINI-TALOS module: vxlan loaded")
        .contains("firmware-file: /lib/firmware/mini/blob.bin 19")
        .contains("MINI-TALOS meta: 5a4b3c2d", META)
        .contains(" boot.test=yes");
    assertThat(loader(log)).isEqualTo(disk.isBootedByGrub(firmware) ? "GRUB" : "systemd-boot");
  }

  /// The rest of the releases and loaders.
  @Tag("slow")
  @ParameterizedTest(name = "{0} {1} {2} {3} {4} {5}")
  @CsvSource({
    "v1.5.5, amd64, bios, none, 512, .raw.xz",
    "v1.7.6, amd64, uefi, none, 512, .raw.xz",
    "v1.7.6, arm64, uefi, none, 512, .raw.xz",
    "v1.9.5, arm64, uefi, none, 512, .raw.zst",
    "v1.11.0, amd64, bios, none, 512, .raw.zst",
    "v1.11.0, amd64, uefi, none, 512, .raw.zst",
    "v1.13.2, amd64, bios, grub, 512, .raw.tar.gz",
    "v1.13.2, amd64, uefi, grub, 512, .qcow2",
    "v1.14.0, amd64, uefi, sd-boot, 512, .raw.zst",
    "v1.14.0, arm64, uefi, sd-boot, 4096, .raw.zst",
    "v1.14.0, arm64, uefi, grub, 512, .raw.zst",
  })
  void bootsAsEveryReleaseDoes(
      String version,
      String architecture,
      String firmware,
      String loader,
      String sector,
      String suffix)
      throws Exception {
    boots(version, architecture, firmware, loader, sector, suffix);
  }

  private record Disk(
      String version, String architecture, String loader, String sector, String suffix) {
    String name() {
      return "metal-" + architecture + suffix;
    }

    String configuration() {
      return """
      customization:
        extraKernelArgs: [boot.test=yes]
        meta: [{key: 10, value: "a=b"}]
        systemExtensions:
          officialExtensions: [siderolabs/mini-hello, siderolabs/mini-module, siderolabs/mini-firmware]
        bootloader: %s
        diskImage: {sectorSize: %s}
      """
          .formatted(loader, sector);
    }

    boolean isBootedByGrub(String firmware) {
      boolean old = version.matches("v1\\.[5-9]\\..*");
      return firmware.equals("bios") || loader.equals("grub") || (old && loader.equals("none"));
    }

    String format() {
      return switch (suffix) {
        case ".qcow2" -> "qcow2";
        case ".vhd.xz" -> "vpc";
        case ".ova" -> "vmdk";
        default -> "raw";
      };
    }
  }

  /// GRUB names the kernel that it found on the partition BOOT.
  private static String loader(String log) {
    if (log.contains("MINI-TALOS efivar: LoaderInfo=systemd-boot")) {
      return "systemd-boot";
    }
    return log.contains("MINI-TALOS cmdline: BOOT_IMAGE=/A/vmlinuz ") ? "GRUB" : "neither";
  }

  /// The serial port's log of a machine that said that it runs.
  private String boot(Disk disk, String firmware, Path image)
      throws IOException, InterruptedException {
    String log =
        BootMaterial.boot(
            "--arch",
            disk.architecture(),
            "--firmware",
            firmware,
            "--disk",
            image.toString(),
            "--format",
            disk.format(),
            "--sector",
            disk.sector());
    ServiceUnderTest.delete(image.resolveSibling(""));
    return log;
  }

  private Path download(Disk disk) throws IOException, InterruptedException {
    String id = service.client().configure(disk.configuration());
    Path place = Files.createTempDirectory(service.folder(), "disk");
    String path = "/image/" + id + "/" + disk.version() + "/" + disk.name();
    run(place, "curl", "-sSfLO", service.client().address(path));
    Path file = place.resolve(disk.name());
    switch (disk.suffix().substring(disk.suffix().lastIndexOf('.') + 1)) {
      case "zst" -> run(place, "zstd", "-dq", file.toString());
      case "xz" -> run(place, "xz", "-d", file.toString());
      case "gz" -> unzip(place, file);
      case "ova" -> run(place, "tar", "-xf", file.toString(), "--wildcards", "*.vmdk");
      default -> {
        return file;
      }
    }
    Files.deleteIfExists(file);
    try (var left = Files.list(place)) {
      return left.findFirst().orElseThrow();
    }
  }

  private static void unzip(Path place, Path file) throws IOException, InterruptedException {
    if (file.toString().endsWith(".tar.gz")) {
      run(place, "tar", "-xzSf", file.toString());
    } else {
      run(place, "gzip", "-d", file.toString());
    }
  }

  private static void run(Path place, String... command) throws IOException, InterruptedException {
    Command.Result result = Command.run(place, List.of(command));
    assertThat(result.status()).as(result.output()).isZero();
  }
}
