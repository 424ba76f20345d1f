package imageservice.ledger;

import imageservice.json.JsonText;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes events as lines of JSON. On AWS a line that measures something says so in the embedded
/// metric format, which CloudWatch turns into metrics: no call, no library, no wait.
public final class EventLines {
  private record CloudWatch(String stack, InstantSource clock) {}

  private final PrintStream out;
  private final Optional<CloudWatch> cloudWatch;
  private final Optional<Meter> meter;

  private EventLines(PrintStream out, Optional<CloudWatch> cloudWatch, Optional<Meter> meter) {
    this.out = out;
    this.cloudWatch = cloudWatch;
    this.meter = meter;
  }

  /// Lines for people and programs that read logs.
  public static EventLines plain(PrintStream out) {
    return new EventLines(out, Optional.empty(), Optional.empty());
  }

  /// Such lines, where `meter` receives what they measure.
  public static EventLines counted(PrintStream out, Meter meter) {
    return new EventLines(out, Optional.empty(), Optional.of(meter));
  }

  /// Lines for CloudWatch.
  ///
  /// @param stack the name of the stack that the function is of
  public static EventLines metered(PrintStream out, String stack, InstantSource clock) {
    return new EventLines(out, Optional.of(new CloudWatch(stack, clock)), Optional.empty());
  }

  /// Writes an event that measures nothing.
  public void write(JsonText event) {
    out.println(event);
  }

  /// Writes an event and what it measures.
  public void write(JsonText event, Map<Metric, Long> measured) {
    write(event, measured, Map.of());
  }

  /// @param aspects of what is measured, by name
  public void write(JsonText event, Map<Metric, Long> measured, Map<String, String> aspects) {
    measured.forEach((metric, value) -> measure(metric, value, aspects));
    SortedMap<Metric, Long> reported = new TreeMap<>(measured);
    reported.keySet().removeIf(metric -> !metric.isOnCloudWatch());
    cloudWatch.filter(ignored -> !reported.isEmpty()).ifPresent(to -> report(event, reported, to));
    out.println(event);
  }

  /// Measures without a line.
  public void measure(Metric metric, long value, Map<String, String> aspects) {
    meter.ifPresent(receiver -> receiver.measure(metric, value, aspects));
  }

  private static void report(JsonText event, SortedMap<Metric, Long> measured, CloudWatch to) {
    event.put(Metric.DIMENSION, to.stack());
    measured.forEach((metric, value) -> event.put(metric.label(), value));
    event.put("_aws", metadata(List.copyOf(measured.keySet()), to));
  }

  /// "Specification: Embedded metric format" of the CloudWatch user guide, "Metadata object".
  private static JsonText metadata(List<Metric> metrics, CloudWatch to) {
    return JsonText.object()
        .put("Timestamp", to.clock().millis())
        .put(
            "CloudWatchMetrics",
            List.of(
                JsonText.object()
                    .put("Namespace", Metric.NAMESPACE)
                    .put("Dimensions", List.of(List.of(Metric.DIMENSION)))
                    .put("Metrics", metrics.stream().map(EventLines::definition).toList())));
  }

  private static JsonText definition(Metric metric) {
    return JsonText.object().put("Name", metric.label()).put("Unit", metric.unit().toString());
  }
}
