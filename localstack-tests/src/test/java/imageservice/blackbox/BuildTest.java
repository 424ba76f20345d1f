package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class BuildTest {

  private final ServiceUnderTest service;
  private final Client client;

  BuildTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void promisesAndReportsWhereTheClientPrefersThat() throws Exception {
    Answer accepted = client.get(fresh(), "Prefer", "respond-async");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.required("preference-applied")).isEqualTo("respond-async");
    assertThat(accepted.text()).containsPattern("\"state\":\"(queued|building)\"");
    Answer ready = awaitReady(accepted.required("location"));
    assertThat(ready.text()).containsPattern("\"sha256\":\"[0-9a-f]{64}\"");
    String location = ready.text().replaceAll("(?s).*\"location\":\"([^\"]*)\".*", "$1");
    assertThat(ready.text()).contains(Hash.sha256(client.download(location).body()));
  }

  @Test
  void buildsOnceForManyClientsAtOnce() throws Exception {
    String path = fresh();
    Set<String> digests = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> download = () -> Hash.sha256(client.download(path).body());
      for (Future<String> digest :
          threads.invokeAll(Collections.nCopies(service.clientsAtOnce(), download))) {
        digests.add(digest.get());
      }
    }
    assertThat(digests).hasSize(1);
    assertThat(builds(path)).isEqualTo(1);
  }

  @Test
  void finishesTheBuildOfAClientThatLeft() throws Exception {
    String path = fresh();
    URI address = URI.create(service.url());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      socket.setSoLinger(true, 0);
    }
    while (builds(path) == 0) {
      Thread.sleep(5);
    }
    assertThat(client.download(path).status()).isEqualTo(200);
    assertThat(builds(path)).isEqualTo(1);
  }

  private long builds(String path) throws Exception {
    return service
        .log()
        .lines()
        .filter(line -> line.contains("\"event\":\"build\"") && line.contains(path))
        .count();
  }

  private Answer awaitReady(String location) throws Exception {
    while (true) {
      Answer status = client.get(location);
      assertThat(status.status()).isEqualTo(200);
      assertThat(status.text()).doesNotContain("\"failed\"");
      if (status.text().contains("\"state\":\"ready\"")) {
        return status;
      }
      Thread.sleep(10);
    }
  }

  private String fresh() throws Exception {
    String id =
        client.configure("customization: {extraKernelArgs: [fresh=" + UUID.randomUUID() + "]}");
    return "/image/" + id + "/v1.9.5/metal-amd64.iso";
  }
}
