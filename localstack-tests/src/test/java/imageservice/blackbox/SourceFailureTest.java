package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A source in trouble is said so, leaves nothing half done, and is forgotten once it recovered.
@Execution(ExecutionMode.CONCURRENT)
final class SourceFailureTest {
  @ParameterizedTest
  @CsvSource({
    "BUSY, 429",
    "BROKEN, 500",
    "GONE, siderolabs",
    "TAMPERED, digest",
    "TRUNCATED, bytes",
    "CUT, imager"
  })
  void tellsTheCauseAndRecovers(Fault fault, String cause, @TempDir Path folder) throws Exception {
    Machine machine = Machine.in(folder);
    try (FaultyRegistry registry = new FaultyRegistry(folder.resolve("source"));
        ServiceProcess service = machine.withSource(registry.prefix()).serve(0);
        Client client = new Client(service.url())) {
      String id = client.configure("customization: {}");
      String path = "/image/" + id + "/v1.9.5/metal-amd64.iso";
      registry.become(fault);
      Answer failed = client.follow("GET", path);
      assertThat(failed.status()).as(failed.toString()).isEqualTo(503);
      assertThat(failed.text()).contains("imager", cause).doesNotContain("\tat ", "Exception");
      assertThat(failed.text().strip().lines()).hasSize(1);
      assertThat(failed.required("retry-after")).matches("[0-9]+");
      assertThat(service.log()).doesNotContain("\"event\":\"build\"");
      registry.become(Fault.NONE);
      assertThat(eventually(client, path).status()).isEqualTo(200);
      assertThat(client.download("/image/" + id + "/v1.9.5/kernel-amd64").body())
          .isEqualTo(SyntheticRelease.kernel("v1.9.5", "amd64", 1));
    }
  }

  @Test
  void startsWithoutASourceAndSaysWhyNothingIsReady(@TempDir Path folder) throws Exception {
    int unused;
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}))) {
      unused = socket.getLocalPort();
    }
    Machine machine = Machine.in(folder).withSource("127.0.0.1:" + unused + "/siderolabs/");
    try (ServiceProcess service = machine.serve(0);
        Client client = new Client(service.url())) {
      String id = client.configure("customization: {}");
      Answer early = client.get("/readyz");
      while (!early.text().contains("imager")) {
        assertUnready(early);
        Thread.sleep(100);
        early = client.get("/readyz");
      }
      for (String path :
          List.of("/versions", "/image/" + id + "/v1.9.5/metal-amd64.iso", "/readyz")) {
        Answer failed = client.get(path);
        assertUnready(failed);
        assertThat(failed.text()).contains("imager");
      }
      assertThat(service.log()).contains("releases cannot be listed", "imager");
    }
  }

  @Test
  void tellsHowMuchOfEachImageCame(@TempDir Path folder) throws Exception {
    Machine machine = Machine.in(folder);
    try (FaultyRegistry registry = new FaultyRegistry(folder.resolve("source"));
        ServiceProcess service = machine.withSource(registry.prefix()).serve(0);
        Client client = new Client(service.url())) {
      String id = client.configure("customization: {}");
      registry.become(Fault.HELD);
      String path = "/image/" + id + "/v1.9.5/metal-amd64.iso";
      String status = client.get(path, "Prefer", "respond-async").required("location");
      awaitText(
          () -> client.get(status).text(),
          "(?s).*\"stage\":\"fetching\",\"percent\":[1-9][0-9]?,.*\"inputs\":\\[\\{\"repository\":\"imager\","
              + "\"digest\":\"sha256:[0-9a-f]{64}\",\"doneBytes\":[1-9][0-9]*,\"totalBytes\":[1-9][0-9]*}].*");
      registry.become(Fault.NONE);
      assertThat(client.download(path).status()).isEqualTo(200);
    }
  }

  @Test
  void tellsHowMuchCameWhileItBuildsAFile(@TempDir Path folder) throws Exception {
    Machine machine = Machine.in(folder);
    Path configuration = Files.writeString(folder.resolve("c.yaml"), "customization: {}");
    Path out = folder.resolve("kernel");
    String[] command = {
      "build",
      "--configuration",
      configuration.toString(),
      "--version",
      "v1.9.5",
      "--asset",
      "kernel-amd64",
      "--output",
      out.toString(),
      "--progress",
      "bar"
    };
    try (FaultyRegistry registry = new FaultyRegistry(folder.resolve("source"))) {
      registry.become(Fault.HELD);
      try (ServiceProcess build = machine.withSource(registry.prefix()).command(command)) {
        awaitText(build::log, "(?s).*fetching imager \\[#+ +] [0-9.]+ of [0-9.]+ MB.*");
        registry.become(Fault.NONE);
        assertThat(build.awaitExit()).as(build.log()).isZero();
        assertThat(build.log()).contains("fetching imager: ", "writing kernel-amd64: ");
        assertThat(build.out())
            .isEqualTo(
                "%s: %d bytes, SHA-256 %s\n"
                    .formatted(out, Files.size(out), Hash.sha256(Files.readAllBytes(out))));
      }
    }
  }

  private static void awaitText(Callable<String> text, String expected) throws Exception {
    while (!text.call().matches(expected)) {
      Thread.sleep(20);
    }
  }

  private static void assertUnready(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isPresent();
    assertThat(answer.required("cache-control")).isEqualTo("no-store");
    assertThat(answer.text().strip().lines()).hasSize(1);
  }

  /// The answer once the failure is no longer remembered.
  private static Answer eventually(Client client, String path) throws Exception {
    while (true) {
      Answer answer = client.download(path);
      if (answer.status() != 503) {
        return answer;
      }
      Thread.sleep(1000L * Long.parseLong(answer.required("retry-after")));
    }
  }
}
