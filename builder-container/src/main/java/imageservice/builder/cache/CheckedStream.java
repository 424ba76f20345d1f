package imageservice.builder.cache;

import imageservice.formats.blob.RangeStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A range of a cached blob's content. A block is read whole and checked before any byte of it is
/// passed on; a stream holds one block at most.
final class CheckedStream extends RangeStream {
  /// Told of damage, and says what to throw.
  interface Damage {
    DamagedBlobException found(String problem, @Nullable Throwable cause) throws IOException;
  }

  private static final byte[] NOTHING = {};
  private static final int NONE = -1;

  private final FileChannel content;
  private final Checksums checksums;
  private final Damage damage;
  private byte[] block = NOTHING;
  private int held = NONE;

  /// Reads `[position, end)`; closing it closes `content`.
  CheckedStream(FileChannel content, Checksums checksums, long position, long end, Damage damage) {
    super(position, end);
    this.content = content;
    this.checksums = checksums;
    this.damage = damage;
  }

  /// Never crosses from one block into the next. A block that is wanted whole is not held but read
  /// to where it is wanted.
  @Override
  protected int readAt(long position, byte[] buffer, int from, int count) throws IOException {
    int number = (int) (position / BlockChecks.BLOCK);
    int within = (int) (position % BlockChecks.BLOCK);
    int size = size(number);
    int got = Math.min(count, size - within);
    if (got == size) {
      fill(number, buffer, from, size);
    } else {
      hold(number, size);
      System.arraycopy(block, within, buffer, from, got);
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /// Bytes of a block.
  private int size(int number) {
    return (int) Math.min(BlockChecks.BLOCK, checksums.length() - start(number));
  }

  private static long start(int number) {
    return (long) number * BlockChecks.BLOCK;
  }

  private void hold(int number, int size) throws IOException {
    if (held == number) {
      return;
    }
    held = NONE;
    if (block.length < size) {
      block = new byte[size];
    }
    fill(number, block, 0, size);
    held = number;
  }

  private void fill(int number, byte[] target, int from, int size) throws IOException {
    try {
      readFully(start(number), ByteBuffer.wrap(target, from, size));
    } catch (ClosedChannelException e) {
      throw e; // the reader's doing, or that of whoever interrupts it
    } catch (IOException e) {
      throw damaged(number, size, "cannot be read", e);
    }
    if (!checksums.blocks().match(number, target, from, size)) {
      throw damaged(number, size, "are damaged", null);
    }
  }

  private void readFully(long at, ByteBuffer target) throws IOException {
    for (long from = at; target.hasRemaining(); ) {
      int got = content.read(target, from);
      if (got < 0) {
        throw new EOFException("the file ends at byte " + from);
      }
      from += got;
    }
  }

  private DamagedBlobException damaged(
      int number, int size, String problem, @Nullable Throwable cause) throws IOException {
    long first = start(number);
    return damage.found("bytes %d to %d %s".formatted(first, first + size - 1, problem), cause);
  }
}
