package imageservice.functions.asset;

import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.ItemTable;
import imageservice.ledger.Places;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/// Orders no more builds than may be open at once, so that builders never take all instances that
/// an account may run. A build has its place until its record says that it ended, or that its
/// builder did: builders know nothing of places.
public final class BoundedBuilderInvocation implements BuilderInvocation {
  /// Longer than a build is ever open, waiting and Lambda's longest run together.
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final BuilderInvocation builder;
  private final BuildLedger builds;
  private final Places places;
  private final InstantSource clock;

  /// @param most builds at once, of all instances together; at least one
  public BoundedBuilderInvocation(
      BuilderInvocation builder, ItemTable table, int most, InstantSource clock) {
    this.builder = builder;
    this.builds = new BuildLedger(table);
    this.places = new Places(table, "building", most, clock);
    this.clock = clock;
  }

  @Override
  public void start(BuildOrder order) throws IOException {
    String build = order.address().buildId();
    Instant until = clock.instant().plus(LONGEST);
    if (!places.take(build, until, names -> ended(build, names))) {
      throw new BusyException(
          "as many builds run as may; ask again when one of them has ended", RETRY);
    }
    try {
      builder.start(order);
    } catch (IOException e) {
      places.leave(build, until);
      throw e;
    }
  }

  /// The build itself needs no second place where its order is given again.
  private Set<String> ended(String build, Set<String> names) throws IOException {
    Set<String> ended = builds.ended(names, clock.instant());
    ended.add(build);
    return ended;
  }

  @Override
  public Duration patience() {
    return builder.patience();
  }
}
