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
/// @param plan asset key of the plan
/// @param fence number of acquisitions so far; a builder with an older fence has been replaced
/// @param attempt number of acquisitions since the last outcome or abandonment, the newest included
/// @param startedAt time of the last acquisition
public record BuildRecord(
    AssetAddress address,
    AssetKey plan,
    long fence,
    int attempt,
    Instant startedAt,
    BuildState state) {
  /// How long a build stays with its builder after acquisition, claim or the last heartbeat.
  public static final Duration LEASE = Duration.ofSeconds(20);

  /// The time between two heartbeats of a builder.
  public static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /// How many builders may stop without an outcome; the acquisition after that fails the build.
  public static final int MAXIMUM_ATTEMPTS = 3;

  /// The record of the first acquisition of a build.
  public static BuildRecord first(AssetAddress address, AssetKey plan, Instant now) {
    return new BuildRecord(address, plan, 1, 1, now, running(now));
  }

  /// The record after another acquisition; empty where the build is running under a valid lease, is
  /// ready, or failed and may not be retried yet.
  public Optional<BuildRecord> acquire(AssetKey planned, Instant now) {
    return switch (state) {
      case BuildState.Ready ignored -> Optional.empty();
      case BuildState.Running running ->
          now.isAfter(running.leaseUntil())
              ? Optional.of(reacquired(planned, attempt + 1, now))
              : Optional.empty();
      case BuildState.Failed failed ->
          now.isBefore(failed.retryAt())
              ? Optional.empty()
              : Optional.of(reacquired(planned, 1, now));
    };
  }

  /// The record after another acquisition because the product is no longer in the store.
  public BuildRecord lost(AssetKey planned, Instant now) {
    return reacquired(planned, 1, now);
  }

  /// The record after a builder has taken the order with this fence; empty where another builder
  /// has taken it or the fence is old.
  public Optional<BuildRecord> claim(long withFence, Instant now) {
    return withFence == fence && state instanceof BuildState.Running running && !running.claimed()
        ? Optional.of(with(new BuildState.Running(true, Progress.NONE, now.plus(LEASE))))
        : Optional.empty();
  }

  /// The record after a heartbeat; empty where the builder has been replaced.
  public Optional<BuildRecord> beat(long withFence, Progress progress, Instant now) {
    return isHeldBy(withFence)
        ? Optional.of(with(new BuildState.Running(true, progress, now.plus(LEASE))))
        : Optional.empty();
  }

  /// The record after the builder has stored the product; empty where the builder has been
  /// replaced.
  public Optional<BuildRecord> ready(long withFence, BuildState.Ready ready) {
    return isHeldBy(withFence) ? Optional.of(with(ready)) : Optional.empty();
  }

  /// The record after the build has failed; empty where the builder has been replaced.
  ///
  /// @param message one line that names the cause
  public Optional<BuildRecord> failed(
      long withFence, FailureKind kind, String message, Instant now) {
    if (!isHeldBy(withFence) || !(state instanceof BuildState.Running running)) {
      return Optional.empty();
    }
    Stage stage = running.progress().stage();
    return Optional.of(
        with(new BuildState.Failed(kind, stage, message, now.plus(kind.remembered()))));
  }

  /// The record after the builder's process has ended, which does not count as an attempt: the
  /// lease expires at once. Empty where the build is not running.
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

  /// The record after the service has found the product in the store.
  public BuildRecord seen(Instant now) {
    return state instanceof BuildState.Ready ready
        ? with(new BuildState.Ready(ready.product(), now))
        : this;
  }

  private BuildRecord reacquired(AssetKey planned, int nextAttempt, Instant now) {
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
