package imageservice.ledger;

import java.time.Instant;

/// Where a build stands.
public sealed interface BuildState {
  /// Somebody is at it, or was: past `leaseUntil` it is anybody's again.
  ///
  /// @param claimed whether a builder has begun
  record Running(boolean claimed, Progress progress, Instant leaseUntil) implements BuildState {}

  /// The asset is there, whole, and with it all that it refers to.
  ///
  /// @param at when it was stored or last seen
  record Ready(StoredProduct product, Instant at) implements BuildState {}

  /// It came to nothing.
  ///
  /// @param message one line that says what and why
  record Failed(FailureKind kind, Stage stage, String message, Instant retryAt)
      implements BuildState {}
}
