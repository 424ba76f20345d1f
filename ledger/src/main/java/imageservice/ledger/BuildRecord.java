package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.plan.AssetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is known of the build of the asset at one address. Each change is a pure function of the
/// record and the time; only whoever holds the newest fence may change a running build.
///
/// @param plan it is built from
/// @param fence one more with each acquisition: a builder with an older one has been replaced
/// @param attempt acquisitions since the last outcome
public record BuildRecord(
    AssetAddress address,
    AssetKey plan,
    long fence,
    int attempt,
    Instant startedAt,
    BuildState state) {
  /// How long a build stays with its builder after its last sign of life.
  public static final Duration LEASE = Duration.ofSeconds(20);

  /// How often a builder gives one.
  public static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /// How often a build is begun before its builders' dying counts as a failure.
  public static final int MAXIMUM_ATTEMPTS = 3;

  /// The record of an asset that nobody has begun to build.
  public static BuildRecord first(AssetAddress address, AssetKey plan, Instant now) {
    return new BuildRecord(address, plan, 1, 1, now, running(now));
  }

  /// The record once somebody begins again, or nothing where the build is under way, done, or
  /// failed too recently.
  public Optional<BuildRecord> acquire(AssetKey planned, Instant now) {
    return switch (state) {
      case BuildState.Ready ignored -> Optional.empty();
      case BuildState.Running running ->
          now.isAfter(running.leaseUntil())
              ? Optional.of(again(planned, attempt + 1, now))
              : Optional.empty();
      case BuildState.Failed failed ->
          now.isBefore(failed.retryAt()) ? Optional.empty() : Optional.of(again(planned, 1, now));
    };
  }

  /// The record once the object turned out to be gone.
  public BuildRecord lost(AssetKey planned, Instant now) {
    return again(planned, 1, now);
  }

  /// The record once a builder takes the order with this fence, or nothing where somebody else did
  /// or the order is stale.
  public Optional<BuildRecord> claim(long withFence, Instant now) {
    return withFence == fence && state instanceof BuildState.Running running && !running.claimed()
        ? Optional.of(with(new BuildState.Running(true, Progress.NONE, now.plus(LEASE))))
        : Optional.empty();
  }

  /// The record after a sign of life, or nothing where the builder has been replaced.
  public Optional<BuildRecord> beat(long withFence, Progress progress, Instant now) {
    return isHeldBy(withFence)
        ? Optional.of(with(new BuildState.Running(true, progress, now.plus(LEASE))))
        : Optional.empty();
  }

  /// The record once the object is stored, or nothing where the builder has been replaced.
  public Optional<BuildRecord> ready(long withFence, BuildState.Ready ready) {
    return isHeldBy(withFence) ? Optional.of(with(ready)) : Optional.empty();
  }

  /// The record once the build failed, or nothing where the builder has been replaced.
  public Optional<BuildRecord> failed(
      long withFence, FailureKind kind, String message, Instant now) {
    if (!isHeldBy(withFence) || !(state instanceof BuildState.Running running)) {
      return Optional.empty();
    }
    Stage stage = running.progress().stage();
    return Optional.of(
        with(new BuildState.Failed(kind, stage, message, now.plus(kind.remembered()))));
  }

  /// The record once its builder is known to be gone through no fault of the build, or nothing
  /// where none is at it.
  public Optional<BuildRecord> abandoned() {
    return state instanceof BuildState.Running running
        ? Optional.of(
            new BuildRecord(
                address,
                plan,
                fence,
                0,
                startedAt,
                new BuildState.Running(running.claimed(), running.progress(), Instant.EPOCH)))
        : Optional.empty();
  }

  /// The record once its object was looked for and found.
  public BuildRecord seen(Instant now) {
    return state instanceof BuildState.Ready ready
        ? with(new BuildState.Ready(ready.product(), now))
        : this;
  }

  private BuildRecord again(AssetKey planned, int nextAttempt, Instant now) {
    BuildState next =
        nextAttempt > MAXIMUM_ATTEMPTS
            ? new BuildState.Failed(
                FailureKind.DEFECT,
                Stage.QUEUED,
                "the builder stopped %d times without saying why".formatted(MAXIMUM_ATTEMPTS),
                now.plus(FailureKind.DEFECT.remembered()))
            : running(now);
    return new BuildRecord(address, planned, fence + 1, nextAttempt, now, next);
  }

  private boolean isHeldBy(long withFence) {
    return withFence == fence && state instanceof BuildState.Running;
  }

  private BuildRecord with(BuildState next) {
    return new BuildRecord(address, plan, fence, attempt, startedAt, next);
  }

  private static BuildState running(Instant now) {
    return new BuildState.Running(false, Progress.NONE, now.plus(LEASE));
  }
}
