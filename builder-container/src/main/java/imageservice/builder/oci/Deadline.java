package imageservice.builder.oci;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When an operation must be done.
///
/// @param allowed from its begin to its end, for messages
record Deadline(InstantSource clock, Instant end, Duration allowed) {
  static Deadline in(Duration allowed, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(allowed), allowed);
  }

  /// Zero or less where it has passed.
  Duration left() {
    return Duration.between(clock.instant(), end);
  }

  boolean hasPassed() {
    return !left().isPositive();
  }

  /// `not done after 1200 s`.
  @Override
  public String toString() {
    return "not done after " + allowed.toSeconds() + " s";
  }
}
