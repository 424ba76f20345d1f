package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Boot scripts and links of a service that machines and clients reach under names of their own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PxeAddressTest {
  private static final String IPXE = "iPXE/2.0.0";

  private Path folder = Path.of("");
  private final List<AutoCloseable> open = new ArrayList<>();
  private Client client = new Client("");
  private int port;

  @BeforeAll
  void start() throws Exception {
    folder = Files.createTempDirectory("pxe-test");
    port = FreePort.find();
    ServiceProcess service =
        Machine.in(folder)
            .serve(
                port,
                "--external-url",
                "https://images.example.com",
                "--pxe-url",
                "http://localhost:" + port,
                "--object-url",
                "http://localhost:" + port + "/");
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

  @Test
  void theScriptNamesTheAddressForMachinesAndLinksNameTheOneForObjects() throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [address=yes]}");
    String kernel = "http://localhost:" + port + "/image/" + id + "/v1.9.5/kernel-amd64";
    assertThat(client.get("/pxe/" + id + "/v1.9.5/metal-amd64", "User-Agent", IPXE).text())
        .startsWith("#!ipxe\n\nimgfree\nkernel " + kernel + " ");
    Answer found = client.get(kernel, "User-Agent", IPXE);
    assertThat(found.status()).as(found.toString()).isEqualTo(302);
    assertThat(found.required("location")).startsWith("http://localhost:" + port + "/");
  }

  @Test
  void theListNamesTheAddressForMachines() throws Exception {
    assertThat(client.get("/pxe").text())
        .contains("http://localhost:" + port + "/pxe/ID/VERSION/PLATFORM-${buildarch}")
        .contains("https://images.example.com/schematics", "v1.13.2");
    assertThat(client.get("/pxe", "Accept", "application/json").required("content-type"))
        .isEqualTo("application/json");
  }
}
