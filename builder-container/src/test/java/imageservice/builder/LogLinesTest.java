package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetAddress;
import imageservice.ledger.EventLines;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Stage;
import imageservice.release.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the build side logs on AWS, and what it measures with it.
final class LogLinesTest {
  private static final AssetAddress ADDRESS = BuilderFixture.address("a");
  private static final String OBJECT = "\"object\":\"" + ADDRESS + "\"";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final EventLines lines =
      EventLines.metered(
          new PrintStream(out, true, StandardCharsets.UTF_8), "f", () -> Instant.EPOCH);
  private final BuildLog builds = BuildLog.json(lines);
  private final IndexLog index = IndexLog.json(lines);

  @Test
  void aBuildAndItsTime() {
    builds.built(
        ADDRESS,
        7,
        Duration.ofMillis(250),
        true,
        new TreeMap<>(Map.of(Stage.STORING, Duration.ofMillis(200))));
    assertThat(line())
        .isEqualTo(
            "{\"event\":\"build\","
                + OBJECT
                + ",\"bytes\":7,\"milliseconds\":250,\"copied\":true,\"stages\":{\"storing\":200},"
                + "\"Stack\":\"f\",\"Builds\":1,\"BuildTime\":250,"
                + metadata(
                    "{\"Name\":\"Builds\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"BuildTime\",\"Unit\":\"Milliseconds\"}"));
  }

  @Test
  void aFailureThatSomebodyCanMend() {
    builds.failed(ADDRESS, FailureKind.SOURCE, new IOException("away"));
    assertThat(line())
        .startsWith(
            "{\"event\":\"build failure\","
                + OBJECT
                + ",\"kind\":\"SOURCE\",\"cause\":\"java.io.IOException: away\\n")
        .endsWith(
            ",\"Stack\":\"f\",\"BuildFailures\":1,\"SourceErrors\":1,"
                + metadata(
                    "{\"Name\":\"BuildFailures\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"SourceErrors\",\"Unit\":\"Count\"}"));
  }

  @Test
  void aFailureForWhatWasAskedMeasuresNothing() {
    builds.failed(ADDRESS, FailureKind.INPUT, new IOException("no such module"));
    assertThat(line()).contains("\"kind\":\"INPUT\"").doesNotContain("_aws");
  }

  @Test
  void aBuildThatAnotherBuilderTookOverMeasuresNothing() {
    builds.lost(ADDRESS);
    assertThat(line()).isEqualTo("{\"event\":\"lost build\"," + OBJECT + "}");
  }

  @Test
  void materialThatIsNotKeptMeasuresNothing() {
    Digest material = Digest.of(new byte[0]);
    builds.unkept(material, 7, new IOException("full\nof things"));
    assertThat(line())
        .isEqualTo(
            "{\"event\":\"unkept material\",\"material\":\""
                + material
                + "\",\"bytes\":7,\"cause\":\"java.io.IOException: full\\nof things\"}");
  }

  @Test
  void aRunOfTheIndex() {
    index.renewed(42);
    assertThat(line())
        .isEqualTo(
            "{\"event\":\"index\",\"releases\":42,\"Stack\":\"f\",\"IndexRenewals\":1,"
                + metadata("{\"Name\":\"IndexRenewals\",\"Unit\":\"Count\"}"));
  }

  private static String metadata(String metrics) {
    return "\"_aws\":{\"Timestamp\":0,\"CloudWatchMetrics\":[{\"Namespace\":\"ImageService\","
        + "\"Dimensions\":[[\"Stack\"]],\"Metrics\":["
        + metrics
        + "]}]}}";
  }

  private String line() {
    return out.toString(StandardCharsets.UTF_8).strip();
  }
}
