package imageservice.builder.oci;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Tries again what was {@link SourceException.Unavailable}. The longest first wait is one second,
/// and doubles each time; a random wait is at least half of that. A longer wait that the source
/// asks for is kept where it is at most half a minute and ends before the deadline. Otherwise the
/// failure is final: a source must not hold a builder.
public final class Retries {
  /// How a thread waits; in tests it does not.
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  interface Attempt<T> {
    T run() throws IOException;
  }

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final int attempts;
  private final Sleeper sleeper;
  private final DoubleSupplier jitter;

  /// @param attempts in all, at least 1
  /// @param jitter numbers in `[0, 1)`
  public Retries(int attempts, Sleeper sleeper, DoubleSupplier jitter) {
    if (attempts < 1) {
      throw new IllegalArgumentException(attempts + " attempts");
    }
    this.attempts = attempts;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  int attempts() {
    return attempts;
  }

  <T> T run(Deadline deadline, Attempt<T> attempt) throws IOException {
    for (int failed = 1; ; failed++) {
      try {
        return attempt.run();
      } catch (SourceException.Unavailable e) {
        if (failed == attempts) {
          throw e;
        }
        pause(failed, e, deadline);
      }
    }
  }

  /// Waits after the `failed`th failure in a row, or throws it where the wait would be too long.
  void pause(int failed, SourceException.Unavailable failure, Deadline deadline)
      throws IOException {
    Duration wait = delay(failed);
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
    if (longer.compareTo(LONGEST) > 0 || longer.compareTo(deadline.left()) >= 0) {
      throw failure;
    }
    try {
      sleeper.sleep(longer);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  public static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted while fetching");
    interrupted.initCause(cause);
    return interrupted;
  }

  private Duration delay(int failed) {
    long millis = Math.min(FIRST.toMillis() << Math.min(failed - 1, 10), LONGEST.toMillis());
    return Duration.ofMillis((long) (millis * (0.5 + jitter.getAsDouble() / 2)));
  }
}
