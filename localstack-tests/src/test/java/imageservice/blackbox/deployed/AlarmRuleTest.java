package imageservice.blackbox.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.deployed.DataPoint.Series;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules of the form that a template has, over points that lie minutes back.
final class AlarmRuleTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final String METRIC =
      """
      "Namespace": "N", "MetricName": "%s", "Dimensions": [{"Name": "D", "Value": {"Ref": "F"}}]\
      """;
  private static final String ONE =
      """
      {%s, "Period": 300, "Statistic": "Sum", "EvaluationPeriods": %d, "Threshold": %d,
       "ComparisonOperator": "%s", "TreatMissingData": "%s"}\
      """;

  @ParameterizedTest
  @CsvSource({"'', false", "1 2, false", "1 2 4, true", "1 2 6, false", "1 1 1 1, true"})
  void addsUpWhatAPeriodHas(String minutes, boolean raised) throws Exception {
    String alarm =
        ONE.formatted(METRIC.formatted("a"), 1, 3, "GreaterThanOrEqualToThreshold", "notBreaching");
    assertThat(rule(alarm).isRaised(points("a", minutes), NOW)).isEqualTo(raised);
  }

  /// Of three periods, a value that is missing counts only where five periods have too few.
  @ParameterizedTest
  @CsvSource({"'', true", "1, false", "12, false", "17, false", "22, false", "27, true"})
  void takesOlderValuesForMissingOnes(String minutes, boolean raised) throws Exception {
    String alarm = ONE.formatted(METRIC.formatted("a"), 3, 1, "LessThanThreshold", "breaching");
    assertThat(rule(alarm).isRaised(points("a", minutes), NOW)).isEqualTo(raised);
  }

  @ParameterizedTest
  @CsvSource({"'', true", "1, false", "12, false", "17, true", "22, true", "27, true"})
  void filledValuesAreNotMissing(String minutes, boolean raised) throws Exception {
    String alarm = several("FILL(m0,0)", 3, 1, "LessThanThreshold", "breaching");
    assertThat(rule(alarm).isRaised(points("a", minutes), NOW)).isEqualTo(raised);
  }

  @Test
  void sumsOverMetricsThatHaveValues() throws Exception {
    AlarmRule rule =
        rule(several("SUM(METRICS())", 1, 2, "GreaterThanOrEqualToThreshold", "notBreaching"));
    assertThat(rule.isRaised(points("a", "1"), NOW)).isFalse();
    assertThat(rule.isRaised(points("b", "1 2"), NOW)).isTrue();
    assertThat(rule.isRaised(points("c", "1 2"), NOW)).isFalse();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> rule(several("m0-m1", 1, 2, "", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expression m0-m1");
  }

  private static String several(
      String expression, int periods, int threshold, String comparison, String missing) {
    return """
    {"Metrics": [{"Id": "e", "Expression": "%s"}, %s, %s], "EvaluationPeriods": %d,
     "Threshold": %d, "ComparisonOperator": "%s", "TreatMissingData": "%s"}\
    """
        .formatted(
            expression, stat("m0", "a"), stat("m1", "b"), periods, threshold, comparison, missing);
  }

  private static String stat(String id, String metric) {
    return """
    {"Id": "%s", "MetricStat": {"Metric": {%s}, "Period": 300, "Stat": "Sum"}}\
    """
        .formatted(id, METRIC.formatted(metric));
  }

  private static AlarmRule rule(String alarm) throws IOException {
    return AlarmRule.of(new ObjectMapper().readTree(alarm), value -> value.path("Ref").asText());
  }

  /// Each of the value 1.
  private static List<DataPoint> points(String metric, String minutes) {
    String[] each = minutes.isEmpty() ? new String[0] : minutes.split(" ", -1);
    return IntStream.range(0, each.length)
        .mapToObj(i ->
            new DataPoint(
                new Series("N", metric, "D", "F"), NOW - Long.parseLong(each[i]) * 60_000, 1))
        .toList();
  }
}
