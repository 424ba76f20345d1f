package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An update of the stack is not noticed by clients.
@Tag("deployed")
@ExtendWith(ServiceUnderTest.Shared.class)
final class UpdateTest {
  private final DeployedShape shape;

  UpdateTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void answersNoRequestWithAFailure() throws Exception {
    try (DeployedService service = shape.start(Files.createTempDirectory("image-service-update"));
        Client client = service.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String id = client.configure("customization: {}");
      String asset = "/image/" + id + "/v1.9.5/kernel-amd64";
      byte[] kernel = client.download(asset).body();
      AtomicBoolean updated = new AtomicBoolean();
      List<Future<List<Answer>>> loops =
          List.of("/versions", "/schematics/" + id, asset).stream()
              .map(path -> threads.submit(() -> answers(client, path, updated)))
              .toList();
      service.deployment().update();
      updated.set(true);
      for (Future<List<Answer>> loop : loops) {
        assertThat(loop.get())
            .isNotEmpty()
            .allSatisfy(
                answer -> assertThat(answer.status()).as(answer.toString()).isLessThan(400));
      }
      assertThat(client.download(asset).body()).isEqualTo(kernel);
    }
  }

  /// Asks until the update is through, and some times more. Where Lambda lets instances finish, the
  /// emulator ends them in the middle of a request, and says so itself.
  private static List<Answer> answers(Client client, String path, AtomicBoolean updated)
      throws Exception {
    List<Answer> answers = new ArrayList<>();
    for (int after = 0; after < 5; after += updated.get() ? 1 : 0) {
      Answer answer = client.get(path);
      if (!answer.text().contains("Runtime.ExitError")) {
        answers.add(answer);
      }
    }
    return answers;
  }
}
