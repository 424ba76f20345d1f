package imageservice.functions.asset;

import imageservice.functions.http.Problem;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.Item;
import imageservice.plan.PlanOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// How one request orders the build of its asset. Where builders are busy it orders again, though
/// not before the time that the busy ones told.
final class Ordering {
  private final Orders orders;
  private final AssetRequest asset;
  private final PlanOutcome.Planned planned;
  private final Waiting waiting;
  private Optional<Busy> busy = Optional.empty();

  Ordering(Orders orders, AssetRequest asset, PlanOutcome.Planned planned, Waiting waiting) {
    this.orders = orders;
    this.asset = asset;
    this.planned = planned;
    this.waiting = waiting;
  }

  sealed interface Outcome {
    /// Whether there is something to wait for.
    boolean isOpen();
  }

  /// The build's record, whoever ordered it.
  record Ordered(BuildRecord record) implements Outcome {
    @Override
    public boolean isOpen() {
      return record.state() instanceof BuildState.Queued
          || record.state() instanceof BuildState.Running;
    }
  }

  /// Builders are busy, and nobody has ordered the build.
  ///
  /// @param until it is worth ordering again
  record Busy(Instant until, Problem problem) implements Outcome {
    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /// @param seen the record's table item as the request read it
  Outcome begin(Optional<Item> seen) throws IOException {
    return ordered(() -> orders.begin(asset.address(), planned, seen));
  }

  /// What became of it since.
  Outcome look() throws IOException {
    return busy.isPresent() && waiting.now().isBefore(busy.get().until())
        ? busy.get()
        : ordered(() -> orders.look(asset.address(), planned));
  }

  private interface Attempt {
    BuildRecord order() throws IOException;
  }

  private Outcome ordered(Attempt attempt) throws IOException {
    try {
      return new Ordered(attempt.order());
    } catch (BusyException e) {
      Busy now = busy(e);
      busy = Optional.of(now);
      return now;
    }
  }

  private Busy busy(BusyException e) {
    return new Busy(
        waiting.now().plus(e.retryAfter()),
        Problem.crowded(String.valueOf(e.getMessage()), e.retryAfter(), asset.request().id()));
  }
}
