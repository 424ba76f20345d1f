package imageservice.builder.trust;

import java.time.Instant;

/// A time from its first moment to its last.
record Period(Instant start, Instant end) {
  boolean contains(Instant moment) {
    return !moment.isBefore(start) && !moment.isAfter(end);
  }
}
