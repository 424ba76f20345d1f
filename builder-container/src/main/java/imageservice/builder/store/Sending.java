package imageservice.builder.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The parts of one object that are under way to the store, a few at once: of a large object the
/// store copies a hundred.
///
/// @param <T> what the store answers to a part
final class Sending<T> implements AutoCloseable {
  /// Requests at once, and so connections. Of parts that are sent there are fewer, as each has a
  /// buffer.
  static final int AT_ONCE = 16;

  private final Semaphore left = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<T>> parts = new ArrayList<>();
  private final AtomicLong stored = new AtomicLong();

  /// Number of the next part, from 1.
  int next() {
    return parts.size() + 1;
  }

  /// Begins to bring the next part to the store.
  void begin(long length, Supplier<T> request) {
    parts.add(
        threads.submit(() -> {
          left.acquire();
          try {
            T answer = request.get();
            stored.addAndGet(length);
            return answer;
          } finally {
            left.release();
          }
        }));
  }

  /// Bytes of the parts that are stored.
  long stored() {
    return stored.get();
  }

  void requireNoFailure() throws IOException {
    for (Future<T> part : parts) {
      if (part.state() == Future.State.FAILED) {
        result(part);
      }
    }
  }

  /// What the store answered to each part, in order, once all are stored.
  List<T> results(AssetSink.Progress progress) throws IOException {
    List<T> results = new ArrayList<>();
    for (Future<T> part : parts) {
      results.add(result(part));
      progress.stored(stored.get());
    }
    return results;
  }

  /// Waits for what is under way.
  @Override
  public void close() {
    threads.close();
  }

  /// What came of a request, once it is over.
  static <T> T result(Future<T> request) throws IOException {
    try {
      return request.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the builder is stopping");
    }
  }
}
