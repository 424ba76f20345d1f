package imageservice.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/// A file that is written from its begin to its end. Blocks of zeros are left out: they read as
/// zeros, but take no room on the disk and no time to write.
final class SparseFile extends OutputStream {
  /// Bytes of a block, as most file systems have it.
  private static final int BLOCK = 4096;

  private static final byte[] ZEROS = new byte[BLOCK];

  /// Bytes that are written at once: Java copies what it writes.
  private static final int WRITTEN = 32 * BLOCK;

  private final FileChannel channel;

  /// Bytes so far, and where the last ones end that were written.
  private long length;

  private long written;
  private boolean closed;

  private SparseFile(FileChannel channel) {
    this.channel = channel;
  }

  /// An empty file, also where one was before; what others keep beside its content stays.
  static SparseFile create(Path file) throws IOException {
    return new SparseFile(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  /// Whether nothing but zeros came so far.
  boolean isHole() {
    return written == 0;
  }

  /// Adds zeros.
  void skip(long count) {
    length += count;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    int end = offset + count;
    for (int from = offset; from < end; ) {
      int to = Math.min(end, blockEnd(from));
      boolean zeros = isZero(bytes, from, to);
      while (!zeros && to < end && to - from < WRITTEN && !isZero(bytes, to, blockEnd(to, end))) {
        to = blockEnd(to, end);
      }
      if (!zeros) {
        writeAt(ByteBuffer.wrap(bytes, from, to - from), length);
      }
      length += to - from;
      from = to;
    }
  }

  /// The last byte makes the file as long as it is.
  @Override
  public void close() throws IOException {
    try (channel) {
      if (!closed && written < length) {
        writeAt(ByteBuffer.wrap(ZEROS, 0, 1), length - 1);
      }
    } finally {
      closed = true;
    }
  }

  /// Where the block of the file ends that the byte at this index goes to.
  private int blockEnd(int from) {
    return from + (int) (BLOCK - length % BLOCK);
  }

  private static int blockEnd(int from, int end) {
    return Math.min(end, from + BLOCK);
  }

  private void writeAt(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    written = at;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, ZEROS, 0, to - from);
  }
}
