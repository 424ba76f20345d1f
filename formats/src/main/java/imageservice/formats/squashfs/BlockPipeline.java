package imageservice.formats.squashfs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Compresses blocks on all processors and hands them on in the order they came. How many
/// processors there are changes no byte; a few blocks for each are in memory.
final class BlockPipeline implements Closeable {
  /// Takes a block that is ready.
  interface Sink {
    /// @param compressed empty where the block is to be stored as it is
    void accept(byte[] block, Optional<byte[]> compressed) throws IOException;
  }

  /// A block on its way.
  private record Pending(Future<Optional<byte[]>> compressed, Step step) {}

  /// What is to be done with a block once it is compressed.
  private interface Step {
    void accept(Optional<byte[]> compressed) throws IOException;
  }

  private static final int BLOCKS_PER_WORKER = 3;

  private final SquashfsCompression compression;
  private final ExecutorService workers;
  private final int most;
  private final Deque<Pending> pending = new ArrayDeque<>();

  BlockPipeline(SquashfsCompression compression) {
    this.compression = compression;
    int processors = Runtime.getRuntime().availableProcessors();
    this.workers =
        Executors.newFixedThreadPool(
            processors, Thread.ofPlatform().daemon().name("squashfs-", 0).factory());
    this.most = BLOCKS_PER_WORKER * processors;
  }

  /// Takes a block, which must not be changed any more; hands on those before it where there are
  /// many.
  void add(byte[] block, Sink sink) throws IOException {
    while (pending.size() >= most) {
      handOn();
    }
    pending.add(
        new Pending(
            workers.submit(() -> compressed(block)), compressed -> sink.accept(block, compressed)));
  }

  private Optional<byte[]> compressed(byte[] block) {
    return block.length == DataArea.BLOCK
        ? compression.compressWhole(block)
        : compression.compress(block);
  }

  /// Hands on all that is left.
  void finish() throws IOException {
    while (!pending.isEmpty()) {
      handOn();
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private void handOn() throws IOException {
    Pending next = pending.remove();
    try {
      next.step().accept(next.compressed().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while a block was compressed");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a block cannot be compressed", e);
    }
  }
}
