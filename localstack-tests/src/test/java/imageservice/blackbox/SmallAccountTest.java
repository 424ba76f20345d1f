package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An account that runs ten functions at once, as new ones do, with what the preflight says that
/// fits.
@Tag("deployed")
@ExtendWith(ServiceUnderTest.Shared.class)
final class SmallAccountTest {
  private static final int CLIENTS = 30;
  private static final int ASKED = 20;
  private static final int TRIES = 40;

  private final DeployedShape shape;

  SmallAccountTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void aFinishedAssetIsServedWhileThirtyClientsHaveLongBuildsMade() throws Exception {
    try (DeployedService service =
            shape.start(
                Files.createTempDirectory("image-service-small"),
                Map.of("LAMBDA_ACCOUNT_CONCURRENCY", "10"),
                Map.of("maxBuilders", "4", "maxWaiters", "3"));
        Client client = service.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String finished = path(client, "finished", "kernel-amd64");
      assertThat(client.download(finished).status()).isEqualTo(200);
      service.forgetImages();
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        paths.add(path(client, "cold-" + i, "initramfs-amd64.xz"));
      }
      service.registry().become(Fault.HELD);
      List<Future<Answer>> cold =
          paths.stream().map(path -> threads.submit(() -> patient(client, path))).toList();
      try {
        for (int i = 0; i < ASKED; i++) {
          assertThat(persistent(client, finished)).as("time %d", i).isEqualTo(302);
        }
        assertThat(cold).noneMatch(Future::isDone);
      } finally {
        service.registry().become(Fault.NONE); // else no client ends, and the test never fails
      }
      for (Future<Answer> each : cold) {
        assertThat(each.get().status()).isEqualTo(200);
      }
    }
  }

  /// The status for a client that asks some times where it is throttled: the others come back all
  /// at once, and this machine takes long for them.
  private static int persistent(Client client, String path) throws Exception {
    int status = client.get(path).status();
    for (int i = 1; status == 429 && i < TRIES; i++) {
      Thread.sleep(500);
      status = client.get(path).status();
    }
    return status;
  }

  /// What a client gets that asks again when it is told to, and when it is throttled.
  private static Answer patient(Client client, String path) throws Exception {
    Answer answer = client.download(path);
    while (answer.status() == 503 || answer.status() == 429) {
      Thread.sleep(1000L * Long.parseLong(answer.header("retry-after").orElse("1")));
      answer = client.download(path);
    }
    return answer;
  }

  private static String path(Client client, String argument, String name)
      throws IOException, InterruptedException {
    String id = client.configure("customization: {extraKernelArgs: [" + argument + "]}");
    return "/image/" + id + "/v1.9.5/" + name;
  }
}
