package imageservice.ledger;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// How many builds are ordered a day, counted in a table by the days of UTC. Concurrent orders at
/// the end of a budget may all be taken.
public final class BuildBudget {
  private static final String DAY = "budget#";

  private final ItemTable table;
  private final long perDay;

  /// @param perDay builds
  public BuildBudget(ItemTable table, long perDay) {
    this.table = table;
    this.perDay = perDay;
  }

  public long perDay() {
    return perDay;
  }

  /// When builds are ordered again, where this day's are used up.
  public Optional<Instant> usedUpUntil(Instant now) throws IOException {
    long ordered = table.find(key(now)).map(Item::revision).orElse(0L);
    return ordered < perDay ? Optional.empty() : Optional.of(nextDay(now));
  }

  /// Counts a build that was ordered.
  public void count(Instant now) throws IOException {
    table.count(key(now));
  }

  private static String key(Instant now) {
    return DAY + day(now);
  }

  private static Instant nextDay(Instant now) {
    return day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static LocalDate day(Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
