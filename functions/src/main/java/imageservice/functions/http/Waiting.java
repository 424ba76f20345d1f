package imageservice.functions.http;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/// Clock, and waiting for changes in the tables.
public interface Waiting {
  Instant now();

  /// Begins to watch an item of a table.
  ///
  /// @param key of the item
  Watch watch(String key);

  /// Waits for changes of one item. Whoever opened it closes it.
  interface Watch extends AutoCloseable {
    /// Waits until the item changes or the time is over; returns at once where it has changed since
    /// the watch began or last returned. Where the writers are other processes, only time counts.
    ///
    /// @throws InterruptedIOException where the thread is interrupted because the process ends
    void await(Duration longest) throws InterruptedIOException;

    @Override
    void close();
  }

  /// The system's clock and the thread's sleep, for tables that other processes write.
  Waiting REAL =
      new Waiting() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public Watch watch(String key) {
          return new Sleep();
        }
      };

  /// A watch that only sleeps.
  final class Sleep implements Watch {
    private Sleep() {}

    @Override
    public void await(Duration longest) throws InterruptedIOException {
      try {
        Thread.sleep(longest);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the service is stopping");
      }
    }

    @Override
    public void close() {}
  }
}
