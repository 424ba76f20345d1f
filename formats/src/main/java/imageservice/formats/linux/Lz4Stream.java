package imageservice.formats.linux;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Unpacks LZ4's legacy frame, which kernels are packed with: a magic number, then blocks of at
/// most 8 MiB, each behind its packed length (LZ4 frame format, "Legacy frame"; LZ4 block format).
final class Lz4Stream extends RunStream {
  private static final int BLOCK = 8 << 20;

  /// What a block that cannot be packed grows to.
  private static final int MOST_PACKED = BLOCK + BLOCK / 255 + 16;

  private static final int SHORTEST_MATCH = 4;
  private static final int MAGIC = 0x184C2102;
  private static final String OUTSIDE = "leads out of the block";

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private byte[] packed = new byte[0];
  private int length;
  private int position;

  /// @param in behind the magic number
  Lz4Stream(InputStream in) {
    this.in = in;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    if (position == length && !next()) {
      return -1;
    }
    int got = Math.min(count, length - position);
    System.arraycopy(block, position, buffer, from, got);
    position += got;
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// Unpacks the next block. Another magic number begins another frame. The kernel's build appends
  /// the unpacked length, which is no block: it is longer than any, or nothing follows it.
  private boolean next() throws IOException {
    int count = MAGIC;
    while (count == MAGIC) {
      byte[] size = in.readNBytes(4);
      if (size.length < 4) {
        require(size.length == 0, "block size", size.length, "breaks off");
        return false;
      }
      count = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
    if (count <= 0 || count > MOST_PACKED) {
      return false;
    }
    packed = in.readNBytes(count);
    if (packed.length == 0) {
      return false;
    }
    require(packed.length == count, "block", packed.length, "breaks off");
    position = 0;
    length = unpack();
    return length > 0;
  }

  private int unpack() throws MalformedException {
    int at = 0;
    int out = 0;
    while (at < packed.length) {
      int token = packed[at++] & 0xFF;
      int literals = token >>> 4;
      for (int more = literals == 15 ? 255 : 0; more == 255; literals += more) {
        more = packed(at++);
      }
      boolean fits = literals >= 0 && literals <= packed.length - at && literals <= BLOCK - out;
      require(fits, "literals", at, OUTSIDE);
      System.arraycopy(packed, at, block, out, literals);
      at += literals;
      out += literals;
      if (at == packed.length) {
        break;
      }
      int distance = packed(at) | packed(at + 1) << 8;
      at += 2;
      int match = (token & 15) + SHORTEST_MATCH;
      for (int more = (token & 15) == 15 ? 255 : 0; more == 255; match += more) {
        more = packed(at++);
      }
      boolean within = distance > 0 && distance <= out && match > 0 && match <= BLOCK - out;
      require(within, "match", at, OUTSIDE);
      for (int end = out + match; out < end; out++) {
        block[out] = block[out - distance];
      }
    }
    return out;
  }

  private int packed(int at) throws MalformedException {
    require(at < packed.length, "block", at, OUTSIDE);
    return packed[at] & 0xFF;
  }

  private static void require(boolean holds, String field, int at, String reason)
      throws MalformedException {
    if (!holds) {
      throw new MalformedException("lz4", field, at, reason);
    }
  }
}
