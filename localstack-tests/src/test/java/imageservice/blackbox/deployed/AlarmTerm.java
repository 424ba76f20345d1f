package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import imageservice.blackbox.deployed.DataPoint.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What an alarm compares with its threshold: a metric, or as much of CloudWatch's metric math as
/// the stack uses.
sealed interface AlarmTerm {
  /// A value for each period, the latest one first; none where there is no data.
  List<OptionalDouble> values(List<DataPoint> points, long now, int periods);

  Duration period();

  /// A statistic of the points of each period.
  record Statistic(Series series, String name, Duration period) implements AlarmTerm {
    @Override
    public List<OptionalDouble> values(List<DataPoint> points, long now, int periods) {
      return IntStream.range(0, periods)
          .mapToObj(i -> value(points, now - i * period.toMillis()))
          .toList();
    }

    private OptionalDouble value(List<DataPoint> points, long end) {
      double[] values =
          points.stream()
              .filter(p -> p.series().isOf(series))
              .filter(p -> p.at() <= end && p.at() > end - period.toMillis())
              .mapToDouble(DataPoint::value)
              .toArray();
      DoubleStream all = DoubleStream.of(values);
      return switch (name) {
        case "Sum" -> values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(all.sum());
        case "Maximum" -> all.max();
        default -> throw new IllegalArgumentException("statistic " + name);
      };
    }
  }

  /// `SUM(METRICS())`: the sum of those that have a value.
  record Sum(List<AlarmTerm> terms) implements AlarmTerm {
    @Override
    public List<OptionalDouble> values(List<DataPoint> points, long now, int periods) {
      List<List<OptionalDouble>> all =
          terms.stream().map(term -> term.values(points, now, periods)).toList();
      return IntStream.range(0, periods)
          .mapToObj(i ->
              all.stream()
                  .map(values -> values.get(i))
                  .filter(OptionalDouble::isPresent)
                  .mapToDouble(OptionalDouble::getAsDouble)
                  .reduce(Double::sum))
          .toList();
    }

    @Override
    public Duration period() {
      return terms.getFirst().period();
    }
  }

  /// `FILL(metric, value)`. Of a metric without any value there is nothing to fill: the page on
  /// metric math does not say otherwise.
  record Filled(AlarmTerm term, double value) implements AlarmTerm {
    @Override
    public List<OptionalDouble> values(List<DataPoint> points, long now, int periods) {
      List<OptionalDouble> known = term.values(points, now, periods);
      return known.stream().noneMatch(OptionalDouble::isPresent)
          ? known
          : known.stream().map(each -> OptionalDouble.of(each.orElse(value))).toList();
    }

    @Override
    public Duration period() {
      return term.period();
    }
  }

  Pattern FILL = Pattern.compile("FILL\\((\\w+), ?([0-9]+)\\)");

  /// @param alarm properties in the template
  /// @param name of what a dimension's value in the template refers to
  static AlarmTerm of(JsonNode alarm, Function<JsonNode, String> name) {
    if (!alarm.has("Metrics")) {
      return statistic(alarm, alarm.path("Statistic").asText(), alarm.path("Period"), name);
    }
    Map<String, AlarmTerm> metrics = new HashMap<>();
    List<String> expressions = new ArrayList<>();
    for (JsonNode each : alarm.path("Metrics")) {
      JsonNode stat = each.path("MetricStat");
      if (each.has("Expression")) {
        expressions.add(each.path("Expression").asText());
      } else {
        metrics.put(
            each.path("Id").asText(),
            statistic(stat.path("Metric"), stat.path("Stat").asText(), stat.path("Period"), name));
      }
    }
    return expression(String.join(" and ", expressions), metrics);
  }

  private static AlarmTerm expression(String expression, Map<String, AlarmTerm> metrics) {
    Matcher fill = FILL.matcher(expression);
    if (fill.matches() && metrics.containsKey(fill.group(1))) {
      return new Filled(metrics.get(fill.group(1)), Double.parseDouble(fill.group(2)));
    }
    if (expression.equals("SUM(METRICS())")) {
      return new Sum(List.copyOf(metrics.values()));
    }
    throw new IllegalArgumentException("expression " + expression);
  }

  private static AlarmTerm statistic(
      JsonNode metric, String statistic, JsonNode seconds, Function<JsonNode, String> name) {
    JsonNode dimension = metric.path("Dimensions").path(0);
    String value = dimension.path("Value").isTextual() ? dimension.path("Value").asText() : "";
    return new Statistic(
        new Series(
            metric.path("Namespace").asText(),
            metric.path("MetricName").asText(),
            dimension.path("Name").asText(),
            dimension.path("Value").isObject() ? name.apply(dimension.path("Value")) : value),
        statistic,
        Duration.ofSeconds(seconds.asInt()));
  }
}
