package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The releases that `make-release` makes, out of Debian's packages, boot with what is built of
/// them.
@Tag("boot")
final class DemoBootTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder = Path.of("unset");

  @Test
  void anIsoWithAModuleOfEachReleaseBoots()
      throws IOException, InterruptedException, CommandException {
    DemoSetup setup = new DemoSetup(SharedOptions.cache(), Optional.of(REPOSITORY), System.err);
    Path packages = SharedOptions.cache().resolve("packages");
    setup.packages(packages);
    Path kit = setup.grubKit(folder.resolve("kit"));
    assertThat(
            Main.run(
                "make-release",
                "--out",
                folder.resolve("releases").toString(),
                "--version",
                "v1.7.6,v1.13.2",
                "--packages",
                packages.toString()))
        .isZero();
    Path configuration =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            customization:
              systemExtensions:
                officialExtensions: [siderolabs/mini-module]
            """);
    for (String version : new String[] {"v1.7.6", "v1.13.2"}) {
      Path iso = folder.resolve(version + ".iso");
      assertThat(
              Main.run(
                  "build",
                  "--source",
                  "oci:" + folder.resolve("releases/oci"),
                  "--insecure-sources",
                  "--data",
                  folder.resolve("data").toString(),
                  "--grub-kit",
                  kit.toString(),
                  "--configuration",
                  configuration.toString(),
                  "--version",
                  version,
                  "--asset",
                  "metal-amd64.iso",
                  "--output",
                  iso.toString()))
          .isZero();
      assertThat(boot(iso))
          .contains(
              "MINI-TALOS version: " + version,
              "MINI-TALOS extension: mini-module 6.1.0-" + version,
              "MINI-TALOS module: vxlan loaded",
              "MINI-TALOS-BOOT-OK");
    }
  }

  /// What the machine says on its serial port.
  private String boot(Path iso) throws IOException, InterruptedException {
    Path log = folder.resolve("serial.log");
    Process machine =
        new ProcessBuilder(
                REPOSITORY.resolve("fixtures/boot-vm.sh").toString(),
                "--iso",
                iso.toString(),
                "--timeout",
                "150",
                "--log",
                log.toString())
            .inheritIO()
            .start();
    assertThat(machine.waitFor()).as("exit status of boot-vm.sh").isZero();
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }
}
