package imageservice.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Platform;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command line that was recorded from the peer service, and those of the specification for
/// releases that nothing was recorded for.
final class GoldenCommandLinesTest {
  private static final int LINES = 76;

  static Stream<Arguments> recordings() {
    return Stream.of("v1.5.5", "v1.7.6", "v1.9.5", "v1.11.0", "v1.13.2")
        .flatMap(
            version -> Stream.of("empty", "args", "all").map(name -> Arguments.of(version, name)));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyRecordedLineIsOurs(String version, String name) throws Exception {
    Configuration configuration =
        new ConfigurationDecoder(false).decode(resource(name + ".yaml").getBytes(UTF_8));
    List<String> lines = resource(version + "-" + name + ".tsv").lines().toList();
    assertThat(lines).hasSize(LINES);
    SoftAssertions all = new SoftAssertions();
    for (String line : lines) {
      String[] columns = line.split("\t", 2);
      all.assertThat(text(version, columns[0], configuration)).as(columns[0]).isEqualTo(columns[1]);
    }
    all.assertAll();
  }

  /// Every platform but `container`, which the peer service was not asked for.
  @ParameterizedTest
  @MethodSource("recordings")
  void recordingsNameEveryPlatform(String version, String name) throws Exception {
    String recording = resource(version + "-" + name + ".tsv");
    assertThat(Arrays.stream(Platform.values()).filter(p -> p != Platform.CONTAINER))
        .allSatisfy(platform -> assertThat(recording).contains("cmdline-" + platform + "-amd64\t"));
  }

  private static String text(String version, String asset, Configuration configuration) {
    PlanOutcome outcome =
        PlanRequests.plan(
            new Planner(PlanRequests.URL, Optional.of(RecordedKeys.KEYS), false, Optional.empty()),
            PlanRequests.of(version, asset, configuration),
            PlanRequests.INDEX,
            Optional.empty());
    return outcome instanceof PlanOutcome.Planned(BuildPlan.Cmdline(String text), var ignored)
        ? text
        : outcome.toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenCommandLinesTest.class.getResourceAsStream("commandlines/" + name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
