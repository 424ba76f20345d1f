package imageservice.formats.compress;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Works on pieces on all processors and hands results on in the order the pieces came. How many
/// processors there are changes no byte; a few pieces for each are in memory. Whoever is
/// interrupted while it waits stops, and closing ends the work.
///
/// @param <R> what becomes of a piece
public final class OrderedWork<R> implements Closeable {
  /// Takes a result.
  public interface Sink<R> {
    void accept(R result) throws IOException;
  }

  /// A piece on its way.
  private record Pending<R>(Future<R> result, Sink<R> sink) {}

  private static final int PIECES_PER_WORKER = 3;

  private final ExecutorService workers;
  private final int most;
  private final Deque<Pending<R>> pending = new ArrayDeque<>();

  /// @param name of the threads
  public OrderedWork(String name) {
    int processors = Runtime.getRuntime().availableProcessors();
    this.workers =
        Executors.newFixedThreadPool(
            processors, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    this.most = PIECES_PER_WORKER * processors;
  }

  /// Takes a piece; hands on those before it where there are many.
  public void add(Callable<R> work, Sink<R> sink) throws IOException {
    while (pending.size() >= most) {
      handOn();
    }
    pending.add(new Pending<>(workers.submit(work), sink));
  }

  /// Hands on all that is left.
  public void finish() throws IOException {
    while (!pending.isEmpty()) {
      handOn();
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private void handOn() throws IOException {
    Pending<R> next = pending.remove();
    try {
      next.sink().accept(next.result().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while a piece was compressed");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a piece cannot be compressed", e);
    }
  }
}
