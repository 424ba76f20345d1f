package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The alarms of the template, over what the deployed stack measured. Time passes for what was
/// measured, not for the stack.
public final class AlarmWatch {
  /// Before an alarm's name in the template; behind it are eight digits.
  private static final String SCOPE = "Alarms";

  private static final int DIGITS = 8;

  /// Everything that was measured so far.
  interface Measured {
    List<DataPoint> points() throws IOException, InterruptedException;
  }

  /// @param at the moment, in milliseconds since 1970
  /// @param milliseconds by which everything before it got older
  private record Leap(long at, long milliseconds) {}

  private final Map<String, JsonNode> alarms;
  private final EmulatedStack stack;
  private final Measured measured;
  private final List<Leap> leaps = new ArrayList<>();

  AlarmWatch(JsonNode template, EmulatedStack stack, Measured measured) {
    this.alarms =
        template
            .path("Resources")
            .propertyStream()
            .filter(r -> r.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm"))
            .collect(
                Collectors.toMap(
                    r -> name(r.getKey()),
                    r -> r.getValue().path("Properties"),
                    (a, b) -> a,
                    TreeMap::new));
    this.stack = stack;
    this.measured = measured;
  }

  private static String name(String id) {
    return id.substring(SCOPE.length(), id.length() - DIGITS);
  }

  public Set<String> names() {
    return alarms.keySet();
  }

  /// What an alarm tells: a name in the template.
  public List<String> told(String alarm) {
    return Optional.ofNullable(alarms.get(alarm)).stream()
        .flatMap(properties -> properties.path("AlarmActions").findValuesAsText("Ref").stream())
        .toList();
  }

  /// Makes everything that was measured so far older.
  public void pass(Duration time) {
    leaps.add(new Leap(System.currentTimeMillis(), time.toMillis()));
  }

  /// Those that are raised now.
  public Set<String> raised() throws IOException, InterruptedException {
    List<DataPoint> points = measured.points().stream().map(this::aged).toList();
    long now = System.currentTimeMillis();
    Set<String> raised = new TreeSet<>();
    for (Map.Entry<String, JsonNode> alarm : alarms.entrySet()) {
      if (AlarmRule.of(alarm.getValue(), stack::referred).isRaised(points, now)) {
        raised.add(alarm.getKey());
      }
    }
    return raised;
  }

  private DataPoint aged(DataPoint point) {
    return point.older(
        leaps.stream().filter(leap -> point.at() <= leap.at()).mapToLong(Leap::milliseconds).sum());
  }
}
