package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.plan.AssetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The record of the build of the asset at one address: what became of its order. Each change is a
/// pure function of the record and the time. Only the builder with the newest fence may change the
/// record of a running build.
///
/// @param asset as the request planned it that ordered it last
/// @param fence number of orders so far; a builder with an older fence has been replaced
/// @param attempt number of builders that have taken the order since the last outcome
/// @param startedAt time of the last acquisition
public record BuildRecord(
    PlannedAsset asset, long fence, int attempt, Instant startedAt, BuildState state) {
  /// How long a build stays with its builder after the claim or the last heartbeat.
  public static final Duration LEASE = Duration.ofSeconds(20);

  /// The time between two heartbeats of a builder.
  public static final Duration HEARTBEAT = Duration.ofSeconds(2);

  /// How many builders may stop without an outcome; the acquisition after that fails the build.
  public static final int MAXIMUM_ATTEMPTS = 3;

  /// How often an order is given while no builder takes any order.
  public static final int MOST_GIVEN = 2;

  public AssetAddress address() {
    return asset.address();
  }

  public AssetKey plan() {
    return asset.plan();
  }

  /// The record of the first acquisition of a build.
  ///
  /// @param patience the time after which an unclaimed order counts as lost on its way
  public static BuildRecord first(PlannedAsset asset, Instant now, Duration patience) {
    return new BuildRecord(asset, 1, 0, now, queued(now, patience));
  }

  /// The record after another acquisition; empty where the order waits for a builder, the build is
  /// running under a valid lease, is ready, or failed and may not be retried yet.
  ///
  /// @param patience the time after which an unclaimed order counts as lost on its way
  /// @param lastTaken when any builder last took any waiting order
  public Optional<BuildRecord> acquire(
      PlannedAsset planned, Instant now, Duration patience, Instant lastTaken) {
    return switch (state) {
      case BuildState.Ready ignored -> Optional.empty();
      case BuildState.Queued queued ->
          now.isAfter(queued.giveAgainAt())
              ? Optional.of(givenAgain(queued, planned, now, patience, lastTaken))
              : Optional.empty();
      case BuildState.Running running ->
          now.isAfter(running.leaseUntil())
              ? Optional.of(afterStop(planned, now, patience))
              : Optional.empty();
      case BuildState.Failed failed ->
          now.isBefore(failed.retryAt())
              ? Optional.empty()
              : Optional.of(ordered(planned, 0, now, patience));
    };
  }

  /// Whether its order waits for a builder or a builder has it, as far as is known.
  public boolean isOpen(Instant now) {
    return switch (state) {
      case BuildState.Queued queued -> !now.isAfter(queued.giveAgainAt());
      case BuildState.Running running -> !now.isAfter(running.leaseUntil());
      case BuildState.Ready ignored -> false;
      case BuildState.Failed ignored -> false;
    };
  }

  /// Whether {@link #acquire} looks at the time when any builder last took an order.
  public boolean mayBeGivenUp(Instant now) {
    return state instanceof BuildState.Queued queued
        && queued.given() >= MOST_GIVEN
        && now.isAfter(queued.giveAgainAt());
  }

  /// The record after another acquisition because the product is no longer in the store.
  public BuildRecord lost(PlannedAsset planned, Instant now, Duration patience) {
    return ordered(planned, 0, now, patience);
  }

  /// The record of a waiting order with a number in the queue; empty where it has one or does not
  /// wait.
  public Optional<BuildRecord> numbered(long ticket) {
    return state instanceof BuildState.Queued queued && queued.ticket() == 0
        ? Optional.of(
            with(
                new BuildState.Queued(
                    ticket, queued.given(), queued.since(), queued.giveAgainAt())))
        : Optional.empty();
  }

  /// The record of an order that a living queue still has: it is not lost before `until`, and who
  /// gave it how often before counts no longer. Empty where the order does not wait, or the fence
  /// is old.
  public Optional<BuildRecord> stillQueued(long withFence, Instant until) {
    return withFence == fence && state instanceof BuildState.Queued queued
        ? Optional.of(with(new BuildState.Queued(queued.ticket(), 1, queued.since(), until)))
        : Optional.empty();
  }

  /// The record after a builder has taken the order with this fence; empty where another builder
  /// has taken it or the fence is old.
  public Optional<BuildRecord> claim(long withFence, Instant now) {
    return withFence == fence && state instanceof BuildState.Queued
        ? Optional.of(
            new BuildRecord(
                asset,
                fence,
                attempt + 1,
                startedAt,
                new BuildState.Running(Progress.NONE, now.plus(LEASE))))
        : Optional.empty();
  }

  /// The record after a heartbeat; empty where the builder has been replaced.
  public Optional<BuildRecord> beat(long withFence, Progress progress, Instant now) {
    return isHeldBy(withFence)
        ? Optional.of(with(new BuildState.Running(progress, now.plus(LEASE))))
        : Optional.empty();
  }

  /// The record after the builder has stored the product; empty where the builder has been
  /// replaced.
  public Optional<BuildRecord> ready(long withFence, BuildState.Ready ready) {
    return isHeldBy(withFence) ? Optional.of(with(ready)) : Optional.empty();
  }

  /// The record after the build has failed, or after its order could not be given; empty where the
  /// builder has been replaced.
  ///
  /// @param message one line that names the cause
  public Optional<BuildRecord> failed(
      long withFence, FailureKind kind, String message, Instant now) {
    return switch (state) {
      case BuildState.Queued ignored when withFence == fence ->
          Optional.of(with(failure(kind, Stage.QUEUED, message, now)));
      case BuildState.Running running when withFence == fence ->
          Optional.of(with(failure(kind, running.progress().stage(), message, now)));
      default -> Optional.empty();
    };
  }

  /// The record after the queue and the builder have ended with their process, which does not count
  /// as an attempt: the order may be given at once. Empty where the build has an outcome.
  public Optional<BuildRecord> abandoned() {
    return switch (state) {
      case BuildState.Queued ignored -> Optional.of(abandoned(attempt));
      case BuildState.Running ignored -> Optional.of(abandoned(Math.max(0, attempt - 1)));
      case BuildState.Ready ignored -> Optional.empty();
      case BuildState.Failed ignored -> Optional.empty();
    };
  }

  private BuildRecord abandoned(int attempts) {
    BuildState waiting = new BuildState.Queued(0, 0, startedAt, Instant.EPOCH);
    return new BuildRecord(asset, fence + 1, attempts, startedAt, waiting);
  }

  /// An order that was lost on its way keeps its fence, so that it is carried out if it arrives
  /// after all. Where no builder has taken anything since it was given, none will.
  private BuildRecord givenAgain(
      BuildState.Queued queued,
      PlannedAsset planned,
      Instant now,
      Duration patience,
      Instant lastTaken) {
    if (queued.given() >= MOST_GIVEN && lastTaken.isBefore(queued.since())) {
      return with(
          failure(
              FailureKind.DEFECT,
              Stage.QUEUED,
              "no builder has taken the order in %d s, nor any other: builders do not start"
                  .formatted(Duration.between(queued.since(), now).toSeconds()),
              now));
    }
    BuildState next =
        new BuildState.Queued(
            queued.ticket(), queued.given() + 1, queued.since(), now.plus(patience));
    return new BuildRecord(
        planned, planned.plan().equals(plan()) ? fence : fence + 1, attempt, now, next);
  }

  private BuildRecord afterStop(PlannedAsset planned, Instant now, Duration patience) {
    return attempt >= MAXIMUM_ATTEMPTS
        ? with(
            failure(
                FailureKind.DEFECT,
                Stage.QUEUED,
                "the builder stopped %d times without saying why".formatted(MAXIMUM_ATTEMPTS),
                now))
        : ordered(planned, attempt, now, patience);
  }

  private BuildRecord ordered(PlannedAsset planned, int attempts, Instant now, Duration patience) {
    return new BuildRecord(planned, fence + 1, attempts, now, queued(now, patience));
  }

  private boolean isHeldBy(long withFence) {
    return withFence == fence && state instanceof BuildState.Running;
  }

  private BuildRecord with(BuildState next) {
    return new BuildRecord(asset, fence, attempt, startedAt, next);
  }

  private static BuildState failure(FailureKind kind, Stage stage, String message, Instant now) {
    return new BuildState.Failed(kind, stage, message, now.plus(kind.remembered()));
  }

  private static BuildState queued(Instant now, Duration patience) {
    return new BuildState.Queued(0, 1, now, now.plus(patience));
  }
}
