package imageservice.formats.compress;

import com.github.luben.zstd.ZstdCompressCtx;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Blocks of zstd: RFC 8878, section 3.1.1.2.
final class ZstdBlocks {
  /// `Block_Maximum_Size`.
  static final int MAX = 128 << 10;

  static final int HEADER = 3;

  static final int RAW = 0;
  static final int RLE = 1;
  static final int COMPRESSED = 2;

  /// Decodes to 33 zeros and leaves the repeated offsets as a frame begins with them, 1, 4 and 8.
  /// Compressed blocks of another frame are wrong without it unless they are the first: they may
  /// repeat offsets that they do not name. They lean on nothing else that is before them: their
  /// encoder knows no earlier content, Huffman tree or FSE table.
  ///
  /// Two blocks, as all sequences of one have the same codes here and no FSE states: one sequence
  /// of 8 literals and a match of 3 at offset 8, then two of 8 literals and matches of 3 at 4 and
  /// 1.
  private static final byte[] RESET = reset();

  static final int RESET_ZEROS = 33;

  private static final int LEVEL = 9;
  private static final int MAGIC = 4;

  private ZstdBlocks() {}

  static byte[] header(int type, int size, boolean last) {
    int header = (size << 3) | (type << 1) | (last ? 1 : 0);
    return new byte[] {(byte) header, (byte) (header >> 8), (byte) (header >> 16)};
  }

  static byte[] resetBlocks() {
    return RESET.clone();
  }

  /// The content as blocks of which none is the last; empty where they would not be shorter.
  static Optional<byte[]> compress(byte[] content) {
    byte[] frame;
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      frame = context.setLevel(LEVEL).setChecksum(false).setDictID(false).compress(content);
    }
    int position = frameHeaderSize(frame[MAGIC] & 0xFF);
    boolean opensWithRle = ((frame[position] >> 1) & 3) == RLE;
    if (opensWithRle || frame.length - position >= content.length) {
      return Optional.empty();
    }
    return Optional.of(blocks(frame, position));
  }

  private static byte[] blocks(byte[] frame, int start) {
    ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    int position = start;
    boolean last = false;
    while (!last) {
      int header =
          (frame[position] & 0xFF)
              | ((frame[position + 1] & 0xFF) << 8)
              | ((frame[position + 2] & 0xFF) << 16);
      last = (header & 1) != 0;
      int type = (header >> 1) & 3;
      int stored = type == RLE ? 1 : header >> 3;
      blocks.writeBytes(header(type, header >> 3, false));
      blocks.write(frame, position + HEADER, stored);
      position += HEADER + stored;
    }
    return blocks.toByteArray();
  }

  /// Section 3.1.1.1, without a dictionary's id.
  private static int frameHeaderSize(int descriptor) {
    boolean singleSegment = (descriptor & 0x20) != 0;
    int contentSize =
        switch (descriptor >> 6) {
          case 0 -> singleSegment ? 1 : 0;
          case 1 -> 2;
          case 2 -> 4;
          default -> 8;
        };
    return MAGIC + 1 + (singleSegment ? 0 : 1) + contentSize;
  }

  private static byte[] reset() {
    ByteArrayOutputStream reset = new ByteArrayOutputStream();
    reset.writeBytes(resetBlock(1, 3, 0b1_011)); // offset value 8 + 3
    reset.writeBytes(resetBlock(2, 2, 0b1_11_00)); // offset values 4 + 3 and, in lower bits, 1 + 3
    return reset.toByteArray();
  }

  private static byte[] resetBlock(int sequences, int offsetCode, int bits) {
    int literals = 8;
    return Struct.littleEndian(HEADER + 8)
        .bytes("Block_Header", header(COMPRESSED, 8, false))
        .u8("Literals_Section_Header", 1 | ((literals * sequences) << 3)) // RLE_Literals_Block
        .u8("Literal", 0)
        .u8("Number_of_Sequences", sequences)
        .u8("Symbol_Compression_Modes", 0b01_01_01_00) // RLE_Mode each
        .u8("Literals_Length_Code", literals)
        .u8("Offset_Code", offsetCode)
        .u8("Match_Length_Code", 0) // 3 bytes
        .u8("Bitstream", bits)
        .toBytes();
  }
}
