package imageservice.ledger;

import java.time.Instant;

/// The state of a build.
public sealed interface BuildState {
  /// The build was ordered and has no outcome yet.
  ///
  /// @param claimed whether a builder has taken the order
  /// @param leaseUntil after this time the builder counts as stopped, and any request may order the
  ///   build again
  record Running(boolean claimed, Progress progress, Instant leaseUntil) implements BuildState {}

  /// All objects of the product are in the store.
  ///
  /// @param at when the builder stored the product, or the service last found it in the store
  record Ready(StoredProduct product, Instant at) implements BuildState {}

  /// The build failed.
  ///
  /// @param stage in which it failed
  /// @param message one line that names the cause
  /// @param retryAt from this time on any request may order the build again
  record Failed(FailureKind kind, Stage stage, String message, Instant retryAt)
      implements BuildState {}
}
