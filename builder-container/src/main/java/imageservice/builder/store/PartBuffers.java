package imageservice.builder.store;

import java.io.InterruptedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Buffers of one part each, a fixed number for all builds of a process: they bound the memory that
/// parts on their way to the store take. A build that needs one waits until another part is stored.
public final class PartBuffers {
  /// Bytes of a part; S3 takes 5 MiB at least, but for the last one, and 10,000 parts at most.
  static final int PART = 8 << 20;

  private final Semaphore left;
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  /// @param count at least one
  public PartBuffers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("buffers: " + count);
    }
    this.left = new Semaphore(count, true);
  }

  /// Takes a buffer, which whoever took it gives back.
  byte[] take() throws InterruptedIOException {
    try {
      left.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the builder is stopping");
    }
    byte[] buffer = free.poll();
    return buffer == null ? allocate() : buffer;
  }

  /// A buffer for which there is no memory is left to others, who wait for one.
  private byte[] allocate() {
    try {
      return new byte[PART];
    } catch (OutOfMemoryError e) {
      left.release();
      throw e;
    }
  }

  void giveBack(byte[] buffer) {
    free.add(buffer);
    left.release();
  }
}
