package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// When an alarm of the template is raised, as CloudWatch decides it: "Alarm evaluation" and
/// "Configuring how CloudWatch alarms treat missing data" of its user guide.
///
/// @param periods that are looked at
/// @param breaching of them raise it
record AlarmRule(
    AlarmTerm term,
    int periods,
    int breaching,
    double threshold,
    String comparison,
    String missingData) {
  /// CloudWatch looks for this many values more than it needs, and takes older ones for those that
  /// are missing; the number is that of the guide's example.
  private static final int FURTHER_BACK = 2;

  /// @param alarm properties in the template
  /// @param name of what a dimension's value in the template refers to
  static AlarmRule of(JsonNode alarm, Function<JsonNode, String> name) {
    int periods = alarm.path("EvaluationPeriods").asInt();
    return new AlarmRule(
        AlarmTerm.of(alarm, name),
        periods,
        alarm.path("DatapointsToAlarm").asInt(periods),
        alarm.path("Threshold").asDouble(),
        alarm.path("ComparisonOperator").asText(),
        alarm.path("TreatMissingData").asText());
  }

  /// Whether it is, at a time in milliseconds since 1970.
  boolean isRaised(List<DataPoint> points, long now) {
    List<Boolean> known =
        term.values(points, now, periods + FURTHER_BACK).stream()
            .flatMap(value -> breaches(value).stream())
            .toList();
    Stream<Boolean> filled =
        Stream.generate(this::missingBreaches).limit(Math.max(0, periods - known.size()));
    return Stream.concat(known.stream().limit(periods), filled).filter(each -> each).count()
        >= breaching;
  }

  private List<Boolean> breaches(OptionalDouble value) {
    return value.isEmpty() ? List.of() : List.of(breaches(value.getAsDouble()));
  }

  private boolean breaches(double value) {
    return switch (comparison) {
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "LessThanThreshold" -> value < threshold;
      default -> throw new IllegalArgumentException("comparison " + comparison);
    };
  }

  private boolean missingBreaches() {
    return switch (missingData) {
      case "breaching" -> true;
      case "notBreaching" -> false;
      default -> throw new IllegalArgumentException("missing data " + missingData);
    };
  }
}
