package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.deployed.Deployment;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// An order that no builder takes goes to the queue that raises an alarm, and whoever waits orders
/// again. It takes minutes, in which little is done.
@Tag("deployed")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ServiceUnderTest.Shared.class)
final class LostOrderTest {
  private final DeployedShape shape;

  LostOrderTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void isGivenAgain() throws Exception {
    try (DeployedService service = shape.start(Files.createTempDirectory("image-service-lost"));
        Client client = service.client()) {
      Deployment deployment = service.deployment();
      String id = client.configure("customization: {}");
      String path = "/image/" + id + "/v1.9.5/metal-amd64.iso";
      // The emulator drops a throttled order at once, where Lambda tries again until it is too old.
      deployment.limitBuilders(0);
      String status = client.get(path, "Prefer", "respond-async").required("location");
      while (deployment.lostOrders() == 0) {
        Thread.sleep(100);
      }
      assertThat(client.get(status).text()).contains("\"state\":\"queued\"");
      deployment.limitBuilders(100);
      Answer answer = client.download(path);
      while (answer.status() == 307 || answer.text().startsWith("waiting for a builder")) {
        answer = client.download(path);
      }
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(deployment.lostOrders()).isEqualTo(1);
    }
  }
}
