package imageservice.formats.linux;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Unpacks LZ4's legacy frame, which kernels are packed with: a magic number, then blocks of at
/// most 8 MiB, each behind its packed length (LZ4 frame format, "Legacy frame"; LZ4 block format).
final class Lz4Stream extends RunStream {
  private static final int BLOCK = 8 << 20;

  /// What a block that cannot be packed grows to.
  private static final int MOST_PACKED = BLOCK + BLOCK / 255 + 16;

  private static final int SHORTEST_MATCH = 4;

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
  public int read(byte[] buffer, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, buffer.length);
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

  /// Unpacks the next block. The kernel's build appends its unpacked length, which is no block: a
  /// length that no rest of the stream can have ends it.
  private boolean next() throws IOException {
    byte[] size = in.readNBytes(4);
    if (size.length < 4) {
      return false;
    }
    int count =
        (size[0] & 0xFF) | (size[1] & 0xFF) << 8 | (size[2] & 0xFF) << 16 | (size[3] & 0xFF) << 24;
    if (count <= 0 || count > MOST_PACKED) {
      return false;
    }
    packed = in.readNBytes(count);
    if (packed.length < count) {
      return false;
    }
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
      if (literals == 15) {
        for (int more = 255; more == 255; literals += more) {
          more = packed(at++);
        }
      }
      require(literals <= packed.length - at && literals <= BLOCK - out, "literals", at);
      System.arraycopy(packed, at, block, out, literals);
      at += literals;
      out += literals;
      if (at == packed.length) {
        break;
      }
      int distance = packed(at) | packed(at + 1) << 8;
      at += 2;
      int match = (token & 15) + SHORTEST_MATCH;
      if ((token & 15) == 15) {
        for (int more = 255; more == 255; match += more) {
          more = packed(at++);
        }
      }
      require(distance > 0 && distance <= out && match <= BLOCK - out && match > 0, "match", at);
      for (int end = out + match; out < end; out++) {
        block[out] = block[out - distance];
      }
    }
    return out;
  }

  private int packed(int at) throws MalformedException {
    require(at < packed.length, "block", at);
    return packed[at] & 0xFF;
  }

  private static void require(boolean holds, String field, int at) throws MalformedException {
    if (!holds) {
      throw new MalformedException("lz4", field, at, "leads out of the block");
    }
  }
}
