package imageservice.ledger;

import java.time.Instant;

/// The state of a build.
public sealed interface BuildState {
  /// The order waits for a builder, for as long as builders are busy with others.
  ///
  /// @param ticket number in the queue; 0 while nobody has asked for the order's place
  /// @param given how often the order was given, 0 where its queue is gone
  /// @param since when it was given first
  /// @param giveAgainAt after this time the order counts as lost on its way, and any request may
  ///   give it again
  record Queued(long ticket, int given, Instant since, Instant giveAgainAt) implements BuildState {}

  /// A builder has taken the order and has no outcome yet.
  ///
  /// @param leaseUntil after this time the builder counts as stopped, and any request may order the
  ///   build again
  record Running(Progress progress, Instant leaseUntil) implements BuildState {}

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
