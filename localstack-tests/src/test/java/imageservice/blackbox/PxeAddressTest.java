package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Boot scripts and links of a service that machines and clients reach under names of their own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PxeAddressTest {
  private static final String IPXE = "iPXE/2.0.0";

  private int port;

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService service;

  @BeforeAll
  void start() throws Exception {
    port = FreePort.find();
    service =
        OwnService.start(
            Machine::in,
            port,
            "--external-url",
            "https://images.example.com",
            "--pxe-url",
            "http://localhost:" + port,
            "--object-url",
            "http://localhost:" + port + "/");
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void theScriptNamesTheAddressForMachinesAndLinksNameTheOneForObjects() throws Exception {
    String id = service.client().configure("customization: {extraKernelArgs: [address=yes]}");
    String kernel = "http://localhost:" + port + "/image/" + id + "/v1.9.5/kernel-amd64";
    assertThat(
            service.client().get("/pxe/" + id + "/v1.9.5/metal-amd64", "User-Agent", IPXE).text())
        .startsWith("#!ipxe\n\nimgfree\nkernel " + kernel + " ");
    assertThat(service.client().follow("GET", kernel, "User-Agent", IPXE).status()).isEqualTo(200);
    Answer found = service.client().get(kernel);
    assertThat(found.status()).as(found.toString()).isEqualTo(302);
    assertThat(found.required("location")).startsWith("http://localhost:" + port + "/");
  }

  @Test
  void theListNamesTheAddressForMachines() throws Exception {
    assertThat(service.client().get("/pxe").text())
        .contains("http://localhost:" + port + "/pxe/ID/VERSION/PLATFORM-${buildarch}")
        .contains("https://images.example.com/schematics", "v1.13.2");
    assertThat(service.client().get("/pxe", "Accept", "application/json").required("content-type"))
        .isEqualTo("application/json");
  }
}
