package imageservice.functions.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/// Clock and sleep.
public interface Waiting {
  Instant now();

  /// Returns after this long.
  ///
  /// @throws InterruptedIOException where the process is to end
  void pause(Duration duration) throws InterruptedIOException;

  /// The clock and the thread's own sleep.
  Waiting REAL =
      new Waiting() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedIOException {
          try {
            Thread.sleep(duration);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service is stopping");
          }
        }
      };
}
