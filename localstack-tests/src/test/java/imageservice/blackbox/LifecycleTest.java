package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting, stopping, and what outlives it.
final class LifecycleTest {
  /// The exit status of whoever ends because of SIGTERM: 128 and the signal's number.
  private static final int TERMINATED = 128 + 15;

  private static final String[] NAMES = {
    "kernel-amd64", "cmdline-metal-amd64", "initramfs-arm64.xz", "metal-amd64.iso"
  };

  @TempDir private Path folder = Path.of("");
  private Machine machine = new Machine(folder, "", folder);

  @BeforeEach
  void prepare() throws IOException {
    machine = Machine.in(folder);
  }

  @Test
  void servesTheSameBytesAfterARestartWithoutItsSource() throws Exception {
    Map<String, String> before;
    int port;
    try (ServiceProcess first = machine.serve(0);
        Client client = new Client(first.url())) {
      port = first.port();
      before = digests(client, configure(client));
      assertThat(first.terminate()).isEqualTo(TERMINATED);
    }
    ServiceUnderTest.delete(folder.resolve("source"));
    Files.createDirectory(folder.resolve("source"));
    try (ServiceProcess second = machine.serve(port);
        Client client = new Client(second.url())) {
      assertThat(digests(client, configure(client))).isEqualTo(before);
      assertThat(second.log()).doesNotContain("\"event\":\"build\"");
      assertThat(client.get("/readyz").status()).isEqualTo(200);
      assertThat(client.get("/versions").text()).contains("v1.9.5");
      String other = client.configure("customization: {extraKernelArgs: [other=yes]}");
      assertThat(client.download("/image/" + other + "/v1.9.5/metal-amd64.iso").status())
          .isEqualTo(200);
    }
  }

  @Test
  void makesTheSameBytesFromNothing() throws Exception {
    Map<String, String> before;
    int port;
    try (ServiceProcess first = machine.serve(0);
        Client client = new Client(first.url())) {
      port = first.port();
      before = digests(client, configure(client));
    }
    ServiceUnderTest.delete(machine.data());
    try (ServiceProcess second = machine.serve(port);
        Client client = new Client(second.url())) {
      assertThat(digests(client, configure(client))).isEqualTo(before);
      assertThat(second.log()).contains("\"event\":\"build\"");
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken =
            new ServerSocket(
                0, 1, InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}));
        ServiceProcess process = machine.begin(taken.getLocalPort())) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.log())
          .startsWith("image-service: port " + taken.getLocalPort() + " is taken")
          .contains("--port");
      assertThat(process.log().strip().lines()).hasSize(1);
    }
  }

  @Test
  void refusesADataFolderThatIsInUse() throws Exception {
    try (ServiceProcess first = machine.serve(0);
        ServiceProcess second = machine.begin(0)) {
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.log()).contains("is in use by another Image Service", "--data");
      assertThat(second.log().strip().lines()).hasSize(1);
      assertThat(new Client(first.url()).get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void refusesDamagedTablesAndLeavesThemAsTheyAre() throws Exception {
    try (ServiceProcess first = machine.serve(0);
        Client client = new Client(first.url())) {
      configure(client);
      first.kill();
    }
    Path tables = machine.data().resolve("tables.mv");
    byte[] half = Arrays.copyOf(Files.readAllBytes(tables), (int) Files.size(tables) / 2);
    Files.write(tables, half);
    try (ServiceProcess second = machine.begin(0)) {
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.log())
          .startsWith("image-service: the table file " + tables + " is damaged: ");
      assertThat(second.log().strip().lines()).hasSize(1);
    }
    assertThat(Files.readAllBytes(tables)).isEqualTo(half);
  }

  @Test
  void theEmptyConfigurationNeedsNoPost() throws Exception {
    String id = Hash.sha256("customization: {}\n");
    try (ServiceProcess service = machine.serve(0);
        Client client = new Client(service.url())) {
      assertThat(client.get("/schematics/" + id).text()).isEqualTo("customization: {}\n");
      assertThat(client.download("/image/" + id + "/v1.9.5/metal-amd64.iso").status())
          .isEqualTo(200);
      assertThat(client.get("/pxe/" + id + "/v1.9.5/metal-amd64").status()).isEqualTo(200);
    }
  }

  @Test
  void stopsWhenAskedInTheMiddleOfABuildAndFinishesItNextTime() throws Exception {
    SyntheticRelease.write(folder.resolve("large"), java.util.List.of("v1.9.5"), 30);
    Machine large = machine.withSource("oci:" + folder.resolve("large"));
    String path;
    int port;
    try (ServiceProcess first = large.serve(0);
        Client client = new Client(first.url())) {
      port = first.port();
      path = "/image/" + configure(client) + "/v1.9.5/metal-amd64.iso";
      assertThat(client.get(path, "Prefer", "respond-async").status()).isEqualTo(202);
      assertThat(first.terminate()).isEqualTo(TERMINATED);
      assertThat(first.log()).doesNotContain("while stopping");
    }
    try (ServiceProcess second = large.serve(port);
        Client client = new Client(second.url())) {
      assertThat(client.download(path).status()).isEqualTo(200);
    }
  }

  private static String configure(Client client) throws Exception {
    return client.configure("customization: {extraKernelArgs: [kept=yes]}");
  }

  private static Map<String, String> digests(Client client, String id) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    for (String name : NAMES) {
      Client.Answer answer = client.download("/image/" + id + "/v1.9.5/" + name);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      digests.put(name, Hash.sha256(answer.body()));
    }
    return digests;
  }
}
