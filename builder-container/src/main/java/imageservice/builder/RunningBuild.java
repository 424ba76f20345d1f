package imageservice.builder;

import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.Progress;
import imageservice.ledger.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A build under way. It renews the lease of its record at each heartbeat, and notices when another
/// builder has taken the record over.
final class RunningBuild implements AutoCloseable {
  private final BuildLedger ledger;
  private final BuildOrder order;
  private final InstantSource clock;
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("build-pulse").factory());
  private final ScheduledFuture<?> beats;
  private volatile Supplier<Progress> progress = () -> Progress.NONE;
  private volatile boolean lost;
  private final SortedMap<Stage, Duration> stages = new TreeMap<>();
  private Optional<Entered> entered = Optional.empty();

  private record Entered(Stage stage, Instant at) {}

  RunningBuild(BuildLedger ledger, BuildOrder order, InstantSource clock, Duration heartbeat) {
    this.ledger = ledger;
    this.order = order;
    this.clock = clock;
    long period = heartbeat.toMillis();
    this.beats = pulse.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /// Begins a stage.
  ///
  /// @param totalBytes that the stage will report, 0 where it reports none
  /// @throws LostBuildException where another builder has taken the record over
  void enter(Stage stage, long totalBytes) throws IOException {
    enter(stage, () -> new Progress(stage, 0, totalBytes));
  }

  /// Begins a stage whose progress each heartbeat asks for.
  ///
  /// @throws LostBuildException where another builder has taken the record over
  void enter(Stage stage, Supplier<Progress> told) throws IOException {
    leave();
    entered = Optional.of(new Entered(stage, clock.instant()));
    progress = told;
    beat();
    requireHeld();
  }

  /// How long each stage took until now; one that was entered again, both times together.
  SortedMap<Stage, Duration> stages() {
    leave();
    return Collections.unmodifiableSortedMap(stages);
  }

  private void leave() {
    entered.ifPresent(stage ->
        stages.merge(stage.stage(), Duration.between(stage.at(), clock.instant()), Duration::plus));
    entered = Optional.empty();
  }

  /// Notes the bytes done so far in this stage.
  ///
  /// @throws LostBuildException where another builder has taken the record over
  void done(long bytes) throws IOException {
    Progress before = progress.get();
    Progress now = new Progress(before.stage(), bytes, before.totalBytes());
    progress = () -> now;
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

  /// Renews the lease. A table that cannot be reached does not stop the build: the lease outlasts
  /// several beats.
  private void beat() {
    try {
      lost = lost || !ledger.beat(order.address(), order.fence(), progress.get(), clock.instant());
    } catch (IOException | RuntimeException e) {
      // The next beat may get through; where none does, the lease ends and another builder may
      // begin.
    }
  }
}
