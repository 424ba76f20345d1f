package imageservice.ledger;

import imageservice.asset.AssetKind;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How long builds of each kind take, for people who wait: a mean in which the latest builds weigh
/// most. It is one item; of builds that end at the same time, one is enough.
public final class BuildPace {
  private static final String KEY = "pace";

  /// The part of a build in the mean.
  private static final int PART = 4;

  private final ItemTable table;

  public BuildPace(ItemTable table) {
    this.table = table;
  }

  /// The time of each kind that was ever built.
  public Map<AssetKind, Duration> read() throws IOException {
    return times(table.find(KEY));
  }

  /// Notes a build that succeeded.
  public void note(AssetKind kind, Duration took) throws IOException {
    Optional<Item> item = table.find(KEY);
    Map<AssetKind, Duration> times = times(item);
    times.merge(
        kind, took, (mean, latest) -> mean.multipliedBy(PART - 1L).plus(latest).dividedBy(PART));
    if (item.isEmpty()) {
      table.create(KEY, text(times));
    } else {
      table.replace(item.get(), text(times));
    }
  }

  private static String text(Map<AssetKind, Duration> times) {
    JsonText json = JsonText.object();
    times.forEach((kind, time) -> json.put(kind.name(), time.toMillis()));
    return json.toString();
  }

  /// Nothing of another version's kinds, and nothing of a damaged item, which the next build writes
  /// anew.
  private static Map<AssetKind, Duration> times(Optional<Item> item) {
    Map<AssetKind, Duration> times = new EnumMap<>(AssetKind.class);
    if (item.isEmpty()) {
      return times;
    }
    try {
      JsonFields fields = JsonFields.parse(item.get().text());
      for (AssetKind kind : AssetKind.values()) {
        if (fields.has(kind.name())) {
          times.put(kind, Duration.ofMillis(fields.number(kind.name())));
        }
      }
      return times;
    } catch (MalformedJsonException e) {
      return new EnumMap<>(AssetKind.class);
    }
  }
}
