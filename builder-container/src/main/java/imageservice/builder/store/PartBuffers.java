package imageservice.builder.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Buffers of one part each, a fixed number for all builds of a process: they bound the memory that
/// parts on their way to or from the store take. Who writes waits for one until another part is
/// stored; who reads ahead takes what is left, but never the last one, so writers wait for each
/// other alone.
public final class PartBuffers {
  /// Bytes of the longest part that is sent: twice the least that S3 takes, so that any longer run
  /// divides into parts that it takes.
  static final int PART = 2 * PartPlan.LEAST;

  private final Semaphore left;
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  /// @param count at least one
  public PartBuffers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("buffers: " + count);
    }
    this.left = new Semaphore(count, true);
  }

  /// A buffer with the bytes of a part, which its sender may read any number of times.
  static final class Filled {
    private final byte[] buffer;
    private final int length;

    Filled(byte[] buffer, int length) {
      this.buffer = buffer;
      this.length = length;
    }

    /// All of the buffer, not a copy.
    byte[] buffer() {
      return buffer;
    }

    int length() {
      return length;
    }

    InputStream open() {
      return new ByteArrayInputStream(buffer, 0, length);
    }
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

  /// Takes a buffer where another one is left.
  Optional<byte[]> takeIfLeft() {
    if (!left.tryAcquire(2)) {
      return Optional.empty();
    }
    left.release();
    byte[] buffer = free.poll();
    return Optional.of(buffer == null ? allocate() : buffer);
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
