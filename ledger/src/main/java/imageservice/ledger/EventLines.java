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
  private record Meter(String stack, InstantSource clock) {}

  private final PrintStream out;
  private final Optional<Meter> meter;

  private EventLines(PrintStream out, Optional<Meter> meter) {
    this.out = out;
    this.meter = meter;
  }

  /// Lines for people and programs that read logs.
  public static EventLines plain(PrintStream out) {
    return new EventLines(out, Optional.empty());
  }

  /// Lines for CloudWatch.
  ///
  /// @param stack the name of the stack that the function is of
  public static EventLines metered(PrintStream out, String stack, InstantSource clock) {
    return new EventLines(out, Optional.of(new Meter(stack, clock)));
  }

  /// Writes an event that measures nothing.
  public void write(JsonText event) {
    out.println(event);
  }

  /// Writes an event and what it measures.
  public void write(JsonText event, Map<Metric, Long> measured) {
    meter
        .filter(m -> !measured.isEmpty())
        .ifPresent(m -> measure(event, new TreeMap<>(measured), m));
    out.println(event);
  }

  private static void measure(JsonText event, SortedMap<Metric, Long> measured, Meter meter) {
    event.put(Metric.DIMENSION, meter.stack());
    measured.forEach((metric, value) -> event.put(metric.label(), value));
    event.put("_aws", metadata(List.copyOf(measured.keySet()), meter));
  }

  /// "Specification: Embedded metric format" of the CloudWatch user guide, "Metadata object".
  private static JsonText metadata(List<Metric> metrics, Meter meter) {
    return JsonText.object()
        .put("Timestamp", meter.clock().millis())
        .put(
            "CloudWatchMetrics",
            List.of(
                JsonText.object()
                    .put("Namespace", Metric.NAMESPACE)
                    .put("Dimensions", List.of(List.of(Metric.DIMENSION)))
                    .put("Metrics", metrics.stream().map(EventLines::definition).toList())));
  }

  private static JsonText definition(Metric metric) {
    return JsonText.object().put("Name", metric.label()).put("Unit", metric.unit());
  }
}
