package imageservice.functions.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/// Clock and sleep.
public interface Waiting {
  Instant now();

  /// Sleeps.
  ///
  /// @throws InterruptedIOException where the thread is interrupted because the process ends
  void pause(Duration duration) throws InterruptedIOException;

  /// The system's clock and the thread's sleep.
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
