package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many more builds at once than builders.
@ExtendWith(ServiceUnderTest.Shared.class)
final class QueueTest {
  private static final int ASSETS = 240;

  private final Client client;

  QueueTest(ServiceUnderTest service) {
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void everyOneOfManyAssetsAtOnceIsBuilt() throws Exception {
    String run = UUID.randomUUID().toString();
    List<Callable<Answer>> downloads = new ArrayList<>();
    for (int i = 0; i < ASSETS; i++) {
      String id =
          client.configure("customization: {meta: [{key: 10, value: '%s-%d'}]}".formatted(run, i));
      String path = "/image/" + id + "/v1.9.5/initramfs-amd64.xz";
      downloads.add(() -> client.follow("GET", path, "User-Agent", "curl/8.5.0"));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> download : threads.invokeAll(downloads)) {
        assertThat(download.get().status()).isEqualTo(200);
      }
    }
  }
}
