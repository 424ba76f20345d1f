package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Troubles.Trouble;
import imageservice.blackbox.deployed.AlarmWatch;
import java.nio.file.Files;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The alarms of the stack, each raised by a fault of the deployed service. The rules are the
/// template's; what they look at is what functions logged, how invocations ended, and the queue.
@Tag("deployed")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ServiceUnderTest.Shared.class)
final class AlarmTest {
  private final DeployedShape shape;

  AlarmTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void everyAlarmIsRaisedByAFaultAndByNothingElse() throws Exception {
    try (DeployedService service = shape.start(Files.createTempDirectory("image-service-alarms"));
        Client client = service.client()) {
      AlarmWatch alarms = service.deployment().alarms();
      Troubles troubles = new Troubles(service, client, alarms);
      troubles.none();
      assertThat(alarms.raised()).as("healthy traffic").isEmpty();
      Map<String, Trouble> all = troubles.all();
      assertThat(all).as("a fault for each alarm").containsOnlyKeys(alarms.names());
      SoftAssertions softly = new SoftAssertions();
      for (Map.Entry<String, Trouble> each : all.entrySet()) {
        String alarm = each.getKey();
        Trouble trouble = each.getValue();
        trouble.event().comes();
        softly
            .assertThat(alarms.raised())
            .as("what goes wrong for %s", alarm)
            .contains(alarm)
            .isEqualTo(trouble.raised());
        softly
            .assertThat(alarms.told(alarm))
            .as("whom %s tells", alarm)
            .singleElement()
            .asString()
            .matches("AlarmsTopic\\w{8}");
        troubles.pass();
        softly.assertThat(alarms.raised()).as("after %s", alarm).isEmpty();
      }
      softly.assertAll();
    }
  }
}
