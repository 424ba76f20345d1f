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

/// A source that is not there, or slow, is said so, at the start and on a terminal.
@Execution(ExecutionMode.CONCURRENT)
final class SourceFailureTest {
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
}
