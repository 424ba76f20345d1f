package imageservice.functions.asset;

import java.time.Duration;
import java.time.Instant;

/// The time, and letting some of it pass.
public interface Waiting {
  Instant now();

  /// Returns after this long, or earlier where the process is to end.
  void pause(Duration duration);

  /// The clock and the thread's own sleep.
  Waiting REAL =
      new Waiting() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void pause(Duration duration) {
          try {
            Thread.sleep(duration);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };
}
