package imageservice.builder.bench;

import java.time.Duration;

/// How much is done for each row.
///
/// @param warmUp how long jobs take turns before they are measured
/// @param rounds of our jobs that are measured
/// @param runs of ordinary programs that are measured
/// @param sets extensions with a module, whose pairs are sets that never were together
/// @param usual megabytes of an extension like programs
/// @param large megabytes of one that hardly shrinks
/// @param judges whether what was measured is held against targets
record Effort(
    Duration warmUp, int rounds, int runs, int sets, int usual, int large, boolean judges) {
  static final Effort FULL = new Effort(Duration.ofSeconds(5), 7, 3, 20, 40, 500, true);

  /// Every row once, to see that all of them still work.
  static final Effort SMOKE = new Effort(Duration.ZERO, 1, 1, 2, 10, 10, false);
}
