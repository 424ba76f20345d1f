package imageservice.builder.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Does work once that several threads ask for at the same time: the first of them does it, the
/// others wait and share its value or its failure.
final class SingleFlight<K, V> {
  interface Work<V> {
    V run() throws IOException;
  }

  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  V run(K key, Work<V> work) throws IOException {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> theirs = flights.putIfAbsent(key, mine);
    return theirs == null ? lead(key, mine, work) : follow(theirs);
  }

  private V lead(K key, CompletableFuture<V> flight, Work<V> work) throws IOException {
    try {
      V value = work.run();
      flight.complete(value);
      return value;
    } catch (IOException | RuntimeException | Error e) {
      flight.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(key, flight);
    }
  }

  private V follow(CompletableFuture<V> flight) throws IOException {
    try {
      return flight.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException | CancellationException e) {
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException("the fetch that was waited for failed", e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted =
        new InterruptedIOException("interrupted while another thread fetched");
    interrupted.initCause(cause);
    return interrupted;
  }
}
