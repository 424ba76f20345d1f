package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// One frame of zstd: RFC 8878, section 3.1.1. It has no content checksum: XXH64 cannot be combined
/// from its parts, so that writing it would mean reading everything first.
final class ZstdFrame {
  private static final long MAGIC = 0xFD2F_B528L;
  private static final int CONTENT_SIZE_OF_8_BYTES = 0xC0;

  /// 8 MiB, of which nothing here needs more than 1.
  private static final int WINDOW = 0x68;

  private final Extents.Builder out = Extents.builder();
  private boolean empty = true;
  private boolean compressed;

  private ZstdFrame() {}

  static Extents of(Blob plain) throws IOException {
    ZstdFrame frame = new ZstdFrame();
    frame.header(plain.length());
    for (Extent piece : Pieces.of(plain)) {
      switch (piece) {
        case Extent.Zero zero -> frame.zeros(zero.length());
        case Extent.Slice slice -> frame.raw(slice);
        case Extent.Bytes bytes -> frame.bytes(bytes.content());
      }
    }
    frame.out.add(ZstdBlocks.header(ZstdBlocks.RAW, 0, true));
    return frame.out.build();
  }

  private void header(long contentSize) {
    out.add(
        Struct.littleEndian(14)
            .u32("Magic_Number", MAGIC)
            .u8("Frame_Header_Descriptor", CONTENT_SIZE_OF_8_BYTES)
            .u8("Window_Descriptor", WINDOW)
            .u64("Frame_Content_Size", contentSize)
            .toBytes());
  }

  private void zeros(long length) {
    long rest = length;
    if (empty) {
      // Some decoders refuse frames that begin with an RLE block.
      raw(new byte[1]);
      rest--;
    }
    int full = Math.toIntExact(rest / ZstdBlocks.MAX);
    int last = (int) (rest % ZstdBlocks.MAX);
    int size = ZstdBlocks.HEADER + 1;
    byte[] blocks = new byte[Math.multiplyExact(size, full + (last > 0 ? 1 : 0))];
    for (int i = 0; i < blocks.length / size; i++) {
      byte[] header = ZstdBlocks.header(ZstdBlocks.RLE, i < full ? ZstdBlocks.MAX : last, false);
      System.arraycopy(header, 0, blocks, i * size, header.length);
    }
    out.add(blocks);
  }

  private void raw(byte[] bytes) {
    if (bytes.length > 0) {
      raw(new Extent.Slice(Blob.of(bytes), 0, bytes.length));
    }
  }

  private void raw(Extent.Slice slice) {
    for (long done = 0; done < slice.length(); ) {
      int count = (int) Math.min(slice.length() - done, ZstdBlocks.MAX);
      out.add(ZstdBlocks.header(ZstdBlocks.RAW, count, false));
      out.add(new Extent.Slice(slice.blob(), slice.offset() + done, count));
      done += count;
    }
    empty = false;
  }

  private void bytes(byte[] content) {
    int start = compressed ? findZeros(content, ZstdBlocks.RESET_ZEROS) : 0;
    byte[] reset = compressed ? ZstdBlocks.resetBlocks() : new byte[0];
    int from = start + (compressed ? ZstdBlocks.RESET_ZEROS : 0);
    Optional<byte[]> blocks =
        start < 0
            ? Optional.empty()
            : ZstdBlocks.compress(Arrays.copyOfRange(content, from, content.length));
    if (blocks.isEmpty()) {
      raw(content);
      return;
    }
    raw(Arrays.copyOf(content, start));
    out.add(reset).add(blocks.get());
    compressed = true;
    empty = false;
  }

  /// Where `count` zeros begin, or -1.
  private static int findZeros(byte[] content, int count) {
    int run = 0;
    for (int i = 0; i < content.length; i++) {
      run = content[i] == 0 ? run + 1 : 0;
      if (run == count) {
        return i + 1 - count;
      }
    }
    return -1;
  }
}
