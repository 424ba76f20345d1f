package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventLinesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final EventLines metered =
      EventLines.metered(out, "build-1", () -> Instant.ofEpochMilli(1_700_000_000_123L));

  @Test
  void aLineThatMeasuresIsInTheEmbeddedMetricFormat() {
    metered.write(
        JsonText.object().put("event", "build"),
        Map.of(Metric.BUILDS, 1L, Metric.BUILD_TIME, 250L));
    assertThat(line())
        .isEqualTo(
            "{\"event\":\"build\",\"Stack\":\"build-1\",\"Builds\":1,\"BuildTime\":250,"
                + "\"_aws\":{\"Timestamp\":1700000000123,\"CloudWatchMetrics\":[{"
                + "\"Namespace\":\"ImageService\",\"Dimensions\":[[\"Stack\"]],\"Metrics\":["
                + "{\"Name\":\"Builds\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"BuildTime\",\"Unit\":\"Milliseconds\"}]}]}}");
  }

  @Test
  void aLineThatMeasuresNothingIsTheEventAlone() {
    metered.write(JsonText.object().put("event", "request"), Map.of());
    metered.write(JsonText.object().put("event", "failure"));
    assertThat(line())
        .isEqualTo("{\"event\":\"request\"}" + System.lineSeparator() + "{\"event\":\"failure\"}");
  }

  @Test
  void elsewhereThanOnAwsNothingIsMeasured() {
    EventLines.plain(out).write(JsonText.object().put("event", "build"), Map.of(Metric.BUILDS, 1L));
    assertThat(line()).isEqualTo("{\"event\":\"build\"}");
  }

  /// CloudWatch charges for each metric and dimension, a server for none.
  @Test
  void aServerMeasuresWhatCloudWatchIsNotTold() {
    List<String> measured = new ArrayList<>();
    EventLines.counted(
            out, (metric, value, aspects) -> measured.add(metric + "=" + value + aspects))
        .write(
            JsonText.object().put("event", "x"),
            Map.of(Metric.REQUESTS, 1L),
            Map.of("route", "/", "status", "200"));
    metered.write(JsonText.object().put("event", "y"), Map.of(Metric.REQUESTS, 1L));
    assertThat(line())
        .isEqualTo("{\"event\":\"x\"}" + System.lineSeparator() + "{\"event\":\"y\"}");
    assertThat(measured).singleElement().asString().startsWith("REQUESTS=1").contains("route=/");
  }

  private String line() {
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
