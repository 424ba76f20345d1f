package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at any moment costs no more than the work that was under way.
final class KillTest {
  private static final int KILLS = 20;
  private static final int LONGEST_MILLIS = 600;
  private static final int SCALE = 30;

  @TempDir private Path folder = Path.of("");

  @Test
  void survivesBeingKilledAgainAndAgain() throws Exception {
    long seed = Long.getLong("kill.seed", System.nanoTime());
    System.out.println("seed: -Dkill.seed=" + seed);
    Random random = new Random(seed);
    Machine machine = large();
    Set<String> digests = new HashSet<>();
    int port = 0;
    String path = "";
    for (int i = 0; i < KILLS; i++) {
      try (ServiceProcess service = machine.serve(port);
          HttpClient http =
              HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
        port = service.port();
        path = path.isEmpty() ? path(service) : path;
        CompletableFuture<HttpResponse<byte[]>> download =
            http.sendAsync(
                HttpRequest.newBuilder(URI.create(service.url() + path)).build(),
                BodyHandlers.ofByteArray());
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        service.kill();
        download.handle((whole, failure) -> failure == null ? digest(digests, whole) : 0).join();
      }
    }
    try (ServiceProcess service = machine.serve(port);
        Client client = new Client(service.url())) {
      Client.Answer whole = client.download("/" + path);
      assertThat(whole.status()).as(whole.toString()).isEqualTo(200);
      digests.add(Hash.sha256(whole.body()));
    }
    assertThat(leftovers(machine.data())).isEmpty();
    assertThat(digests).containsExactly(undisturbed(machine, port, path));
  }

  private Machine large() throws IOException {
    Machine small = Machine.in(folder);
    Path source = SyntheticRelease.write(folder.resolve("large"), List.of("v1.9.5"), SCALE);
    return small.withSource("oci:" + source);
  }

  private static String path(ServiceProcess service) throws Exception {
    try (Client client = new Client(service.url())) {
      String id = client.configure("customization: {extraKernelArgs: [killed=often]}");
      return "image/" + id + "/v1.9.5/metal-amd64.iso";
    }
  }

  private static int digest(Set<String> digests, HttpResponse<byte[]> whole) {
    if (whole.statusCode() == 200) {
      digests.add(Hash.sha256(whole.body()));
    }
    return whole.statusCode();
  }

  /// What a service makes of the same that nobody killed.
  private static String undisturbed(Machine machine, int port, String path) throws Exception {
    ServiceUnderTest.delete(machine.data());
    try (ServiceProcess service = machine.serve(port);
        Client client = new Client(service.url())) {
      path(service);
      return Hash.sha256(client.download("/" + path).body());
    }
  }

  /// Files that were being written when their process ended; the folder of the last process may be
  /// there, without any.
  private static List<Path> leftovers(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock"))
          .filter(file ->
              file.toString()
                  .matches(
                      ".*(incoming|partial|\\.tmp|/\\.mpu|upload|-[0-9a-f]{4}-[0-9a-f]{12}$).*"))
          .toList();
    }
  }
}
