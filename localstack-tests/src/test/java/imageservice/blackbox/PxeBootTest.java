package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Machines whose firmware starts iPXE, told by DHCP to run the service's own script for a
/// configuration that nobody has asked for before. They have the iPXE of QEMU's network card, which
/// may be from before iPXE hands initramfs images over under UEFI, or an iPXE of these days from a
/// disk.
@Boots
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PxeBootTest {
  /// This machine, as QEMU's guests see it.
  private static final String HOST = "http://10.0.2.2:";

  private String pxeUrl = "";

  @SuppressWarnings("NullAway.Init") // before all tests
  private BootMaterial material;

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService service;

  @BeforeAll
  void start() throws Exception {
    material = BootMaterial.prepare(List.of("v1.9.5", "v1.13.2"));
    int port = FreePort.find();
    pxeUrl = HOST + port + "/";
    service = OwnService.start(material::machine, port, "--pxe-url", pxeUrl);
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({"v1.9.5, uefi, card", "v1.13.2, bios, card", "v1.13.2, uefi, disk"})
  void bootsAColdConfiguration(String version, String firmware, String ipxe) throws Exception {
    boots(version, firmware, ipxe);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({"v1.9.5, bios, card", "v1.9.5, uefi, disk", "v1.13.2, uefi, card"})
  void bootsAColdConfigurationInEveryOtherWay(String version, String firmware, String ipxe)
      throws Exception {
    boots(version, firmware, ipxe);
  }

  private void boots(String version, String firmware, String ipxe) throws Exception {
    String id =
        service
            .client()
            .configure(
                "customization: {extraKernelArgs: [cold=%s-%s-%s]}"
                    .formatted(version, firmware, ipxe));
    List<String> command =
        new ArrayList<>(
            List.of(
                "--net",
                pxeUrl + "pxe/" + id + "/" + version + "/metal-x86_64",
                "--firmware",
                firmware));
    if (ipxe.equals("disk")) {
      command.addAll(List.of("--disk", material.ipxeDisk().toString()));
    }
    String log = BootMaterial.boot(command.toArray(String[]::new));
    assertThat(log)
        .contains("MINI-TALOS-BOOT-OK", "extension: schematic " + id)
        .contains("MINI-TALOS version: " + version, "MINI-TALOS firmware: " + firmware)
        .containsPattern("MINI-TALOS cmdline: .* cold=" + version + "-" + firmware + "-" + ipxe);
  }

  /// iPXE reads the ISO in pieces at the asset's own address, and follows no redirect for any.
  @Test
  void bootsAnIsoThatStaysOnTheService() throws Exception {
    String id =
        service.client().configure("customization: {extraKernelArgs: [san=yes, console=ttyS0]}");
    String iso = "image/" + id + "/v1.9.5/metal-amd64.iso";
    assertThat(service.client().follow("GET", "/" + iso, "User-Agent", "iPXE/1.21").status())
        .isEqualTo(200);
    String script = "#!ipxe\nsanboot --no-describe --drive 0x80 " + pxeUrl + iso + "\n";
    HttpServer scripts =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    scripts.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, script.length());
            exchange.getResponseBody().write(script.getBytes(StandardCharsets.US_ASCII));
          }
        });
    scripts.start();
    try {
      String url = HOST + scripts.getAddress().getPort() + "/boot.ipxe";
      assertThat(BootMaterial.boot("--net", url, "--firmware", "bios"))
          .contains("MINI-TALOS-BOOT-OK", "extension: schematic " + id)
          .containsPattern("MINI-TALOS cmdline: .* san=yes");
    } finally {
      scripts.stop(0);
    }
    assertThat(service.process().log()).contains("\"status\":206");
  }
}
