package imageservice.functions.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/// The hold of one request: the time it is kept while it waits.
///
/// @param end when the request has to be answered
public record Hold(Waiting waiting, Instant end) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /// Reads the current state of what the request waits for.
  @FunctionalInterface
  public interface Look<T> {
    T look() throws IOException;
  }

  public static Hold of(Waiting waiting, Duration duration) {
    return new Hold(waiting, waiting.now().plus(duration));
  }

  /// Looks whenever the item changes, and at growing intervals from 20 ms to 1 s, until the state
  /// is wanted or the hold ends; returns the last state seen.
  ///
  /// @param item key of the table item that holds the state
  /// @param first the state before any wait
  public <T> T until(String item, T first, Predicate<T> wanted, Look<T> look) throws IOException {
    try (Waiting.Watch watch = waiting.watch(item)) {
      T seen = first;
      Duration pause = FIRST_PAUSE;
      while (!wanted.test(seen) && waiting.now().isBefore(end)) {
        watch.await(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        seen = look.look();
      }
      return seen;
    }
  }
}
