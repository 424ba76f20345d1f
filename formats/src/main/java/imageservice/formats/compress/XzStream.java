package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One stream of xz: "The .xz File Format" 1.2.1. The check is CRC-32, the one that Linux can
/// always verify.
final class XzStream {
  /// Section 3.1.7 of the format with one record a block.
  private record IndexRecord(long unpaddedSize, long uncompressedSize) {}

  /// A block decodes to no more, so that decoders can share the work and seek.
  private static final int BLOCK = 16 << 20;

  private static final byte[] HEADER_MAGIC = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
  private static final byte[] STREAM_FLAGS = {0, 1};
  private static final int CHECK_SIZE = 4;
  private static final int LZMA2_ID = 0x21;
  private static final int BOTH_SIZES_AND_ONE_FILTER = 0xC0;

  private final Extents.Builder out = Extents.builder();
  private final Lzma2 lzma2 = new Lzma2();
  private final List<IndexRecord> records = new ArrayList<>();
  private final List<Extent> block = new ArrayList<>();
  private long blockLength;

  private XzStream() {}

  static Extents of(Blob plain) throws IOException {
    XzStream stream = new XzStream();
    stream.header();
    for (Extent piece : Pieces.of(plain)) {
      stream.add(piece);
    }
    stream.endBlock();
    int indexSize = stream.index();
    stream.footer(indexSize);
    return stream.out.build();
  }

  /// Section 2.1.1.
  private void header() {
    out.add(
        Struct.littleEndian(12)
            .bytes("Header Magic Bytes", HEADER_MAGIC)
            .bytes("Stream Flags", STREAM_FLAGS)
            .u32("CRC32", Crc32.of(STREAM_FLAGS))
            .toBytes());
  }

  private void add(Extent piece) throws IOException {
    if (piece instanceof Extent.Zero zero) {
      for (long rest = zero.length(); rest > 0; rest -= Math.min(rest, BLOCK)) {
        addToBlock(new Extent.Zero(Math.min(rest, BLOCK)));
      }
    } else {
      addToBlock(piece);
    }
  }

  private void addToBlock(Extent piece) throws IOException {
    if (blockLength + piece.length() > BLOCK) {
      endBlock();
    }
    block.add(piece);
    blockLength += piece.length();
  }

  /// Section 3.
  private void endBlock() throws IOException {
    if (block.isEmpty()) {
      return;
    }
    Extents.Builder chunks = Extents.builder();
    long crc = 0;
    for (Extent piece : block) {
      lzma2.add(chunks, piece, chunks.position() == 0);
      crc = Crc32.combine(crc, Pieces.crc32(piece), piece.length());
    }
    Extents data = chunks.add(Lzma2.END).build();
    byte[] header = blockHeader(data.length(), blockLength);
    out.add(header).add(data).alignTo(4);
    out.add(Struct.littleEndian(CHECK_SIZE).u32("Check", crc).toBytes());
    records.add(new IndexRecord(header.length + data.length() + CHECK_SIZE, blockLength));
    block.clear();
    blockLength = 0;
  }

  /// Section 3.1.
  private static byte[] blockHeader(long compressedSize, long uncompressedSize) {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(0); // Block Header Size, below
    fields.write(BOTH_SIZES_AND_ONE_FILTER);
    fields.writeBytes(multibyte(compressedSize));
    fields.writeBytes(multibyte(uncompressedSize));
    fields.writeBytes(new byte[] {LZMA2_ID, 1, Lzma2.DICTIONARY_CODE});
    byte[] padded = padded(fields);
    padded[0] = (byte) (padded.length / 4); // of the whole header, less 1, in units of 4 bytes
    return withCrc32(padded);
  }

  /// Section 4.
  private int index() {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(0); // Index Indicator
    fields.writeBytes(multibyte(records.size()));
    for (IndexRecord entry : records) {
      fields.writeBytes(multibyte(entry.unpaddedSize()));
      fields.writeBytes(multibyte(entry.uncompressedSize()));
    }
    byte[] index = withCrc32(padded(fields));
    out.add(index);
    return index.length;
  }

  /// Section 2.1.2.
  private void footer(int indexSize) {
    byte[] covered =
        Struct.littleEndian(6)
            .u32("Backward Size", indexSize / 4 - 1)
            .bytes("Stream Flags", STREAM_FLAGS)
            .toBytes();
    out.add(
        Struct.littleEndian(12)
            .u32("CRC32", Crc32.of(covered))
            .bytes("Backward Size, Stream Flags", covered)
            .ascii("Footer Magic Bytes", "YZ")
            .toBytes());
  }

  /// Section 1.2: seven bits a byte, lowest first.
  private static byte[] multibyte(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rest = value;
    for (; rest >= 0x80; rest >>>= 7) {
      bytes.write((int) (rest | 0x80));
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }

  private static byte[] padded(ByteArrayOutputStream fields) {
    return Arrays.copyOf(
        fields.toByteArray(), Math.toIntExact(Alignment.roundUp(fields.size(), 4)));
  }

  private static byte[] withCrc32(byte[] fields) {
    return Struct.littleEndian(fields.length + 4)
        .bytes("fields", fields)
        .u32("CRC32", Crc32.of(fields))
        .toBytes();
  }
}
