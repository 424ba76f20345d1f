package imageservice.local;

import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Writes again and again that the orders in this process's queue still wait in it, so that another
/// instance takes them up only where this one has ended.
final class QueuePulse implements AutoCloseable {
  private static final Duration PERIOD = BuildRecord.LEASE.dividedBy(4);

  private final BuildLedger ledger;
  private final Supplier<Set<BuildOrder>> waiting;
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("queue-pulse").factory());

  /// @param waiting the orders that wait in the queue
  QueuePulse(BuildLedger ledger, Supplier<Set<BuildOrder>> waiting) {
    this.ledger = ledger;
    this.waiting = waiting;
    long period = PERIOD.toMillis();
    var _ = pulse.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /// One round.
  void beat() {
    for (BuildOrder order : waiting.get()) {
      try {
        ledger.stillQueued(order, Instant.now(), BuildRecord.LEASE);
      } catch (IOException | RuntimeException e) {
        // The next beat may get through; where none does, another instance takes the order up.
      }
    }
  }

  @Override
  public void close() {
    pulse.shutdownNow();
  }
}
