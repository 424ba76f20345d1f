package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Machines whose firmware starts iPXE, told by DHCP to run the service's own script for a
/// configuration that nobody has asked for before. They have the iPXE of QEMU's network card, which
/// may be from before iPXE hands initramfs images over under UEFI, or an iPXE of these days from a
/// disk.
@Tag("boot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PxeBootTest {
  /// This machine, as QEMU's guests see it.
  private static final String HOST = "http://10.0.2.2:";

  private Path folder = Path.of("");
  private final List<AutoCloseable> open = new ArrayList<>();
  private BootMaterial material = new BootMaterial(folder);
  private String pxeUrl = "";
  private Client client = new Client("");

  @BeforeAll
  void start() throws Exception {
    folder = Files.createTempDirectory("pxe-boot-test");
    material = BootMaterial.prepare(List.of("v1.9.5", "v1.13.2"));
    int port = FreePort.find();
    pxeUrl = HOST + port + "/";
    ServiceProcess service = material.machine(folder).serve(port, "--pxe-url", pxeUrl);
    open.add(service);
    client = new Client(service.url());
    open.add(client);
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    ServiceUnderTest.delete(folder);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "v1.9.5, bios, card", "v1.9.5, uefi, card", "v1.9.5, uefi, disk",
    "v1.13.2, bios, card", "v1.13.2, uefi, card", "v1.13.2, uefi, disk"
  })
  void bootsAColdConfiguration(String version, String firmware, String ipxe) throws Exception {
    String id =
        client.configure(
            "customization: {extraKernelArgs: [cold=%s-%s-%s]}".formatted(version, firmware, ipxe));
    List<String> command =
        new ArrayList<>(
            List.of(
                "fixtures/boot-vm.sh",
                "--net",
                pxeUrl + "pxe/" + id + "/" + version + "/metal-x86_64",
                "--firmware",
                firmware));
    if (ipxe.equals("disk")) {
      command.addAll(List.of("--disk", material.ipxeDisk().toString()));
    }
    String log = boot(command);
    assertThat(log)
        .contains("MINI-TALOS-BOOT-OK", "extension: schematic " + id)
        .contains("MINI-TALOS version: " + version, "MINI-TALOS firmware: " + firmware)
        .containsPattern("MINI-TALOS cmdline: .* cold=" + version + "-" + firmware + "-" + ipxe);
  }

  /// The serial port's log of a machine that said that it runs.
  private String boot(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "serial", ".log");
    command.addAll(List.of("--timeout", "150", "--log", log.toString()));
    BootMaterial.script(command.toArray(String[]::new));
    return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
  }
}
