package imageservice.ledger;

import java.time.Instant;
import java.util.List;

/// Where a build stands.
public sealed interface BuildState {
  /// Somebody is at it, or was: past `leaseUntil` it is anybody's again.
  ///
  /// @param claimed whether a builder has begun
  record Running(boolean claimed, Progress progress, Instant leaseUntil) implements BuildState {}

  /// The object is there, whole.
  ///
  /// @param sha256 64 hex digits, of the object's bytes
  /// @param at when it was stored or last seen
  /// @param measurements of the machine that boots it; none where it measures nothing
  record Ready(long size, String sha256, Instant at, List<Measurement> measurements)
      implements BuildState {
    public Ready {
      measurements = List.copyOf(measurements);
    }

    public Ready(long size, String sha256, Instant at) {
      this(size, sha256, at, List.of());
    }
  }

  /// It came to nothing.
  ///
  /// @param message one line that says what and why
  record Failed(FailureKind kind, Stage stage, String message, Instant retryAt)
      implements BuildState {}
}
