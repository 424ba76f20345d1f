package imageservice.builder;

import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.Progress;
import imageservice.ledger.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A build under way: gives its record a sign of life every few seconds, and notices when it has
/// been replaced.
final class RunningBuild implements AutoCloseable {
  private final BuildLedger ledger;
  private final BuildOrder order;
  private final InstantSource clock;
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("build-pulse").factory());
  private final ScheduledFuture<?> beats;
  private volatile Progress progress = Progress.NONE;
  private volatile boolean lost;

  RunningBuild(BuildLedger ledger, BuildOrder order, InstantSource clock, Duration heartbeat) {
    this.ledger = ledger;
    this.order = order;
    this.clock = clock;
    long period = heartbeat.toMillis();
    this.beats = pulse.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  void enter(Stage stage, long totalBytes) throws IOException {
    progress = new Progress(stage, 0, totalBytes);
    beat();
    requireHeld();
  }

  void done(long bytes) throws IOException {
    progress = new Progress(progress.stage(), bytes, progress.totalBytes());
    requireHeld();
  }

  @Override
  public void close() {
    beats.cancel(true);
    pulse.shutdownNow();
  }

  private void requireHeld() throws LostBuildException {
    if (lost) {
      throw new LostBuildException(order.address());
    }
  }

  /// A table that cannot be reached for once is no reason to stop: the lease outlasts several
  /// beats.
  private void beat() {
    try {
      lost = lost || !ledger.beat(order.address(), order.fence(), progress, clock.instant());
    } catch (IOException | RuntimeException e) {
      // The next beat may get through; where none does, the lease ends and somebody else begins.
    }
  }
}
