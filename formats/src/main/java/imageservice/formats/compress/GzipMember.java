package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import java.io.IOException;

/// One member of gzip: RFC 1952, section 2.3, around blocks of deflate, RFC 1951. Every piece
/// begins and ends at a byte and refers to nothing before it.
final class GzipMember {
  private static final int DEFLATE = 8;
  private static final int STORED = 0xFFFF;
  private static final int UNKNOWN_SYSTEM = 255;

  private final Extents.Builder out = Extents.builder();
  private final ZeroUnits zeros = new ZeroUnits(Deflate::zeros);

  private GzipMember() {}

  static Extents of(Blob plain) throws IOException {
    GzipMember member = new GzipMember();
    member.header();
    long crc = 0;
    for (Extent piece : Pieces.of(plain)) {
      member.add(piece);
      crc = Crc32.combine(crc, Pieces.crc32(piece), piece.length());
    }
    member.trailer(crc, plain.length());
    return member.out.build();
  }

  private void header() {
    out.add(
        Struct.littleEndian(10)
            .u8("ID1", 31)
            .u8("ID2", 139)
            .u8("CM", DEFLATE)
            .u8("FLG", 0)
            .u32("MTIME", 0) // none
            .u8("XFL", 0)
            .u8("OS", UNKNOWN_SYSTEM)
            .toBytes());
  }

  private void add(Extent piece) {
    switch (piece) {
      case Extent.Zero zero -> zeros.add(out, zero.length());
      case Extent.Bytes bytes -> deflated(bytes.content());
      case Extent.Slice slice -> stored(slice);
    }
  }

  private void deflated(byte[] content) {
    byte[] blocks = Deflate.blocks(content);
    if (blocks.length < content.length) {
      out.add(blocks);
    } else {
      stored(new Extent.Slice(Blob.of(content), 0, content.length));
    }
  }

  private void stored(Extent.Slice slice) {
    for (long done = 0; done < slice.length(); ) {
      int count = (int) Math.min(slice.length() - done, STORED);
      out.add(storedHeader(count, false));
      out.add(new Extent.Slice(slice.blob(), slice.offset() + done, count));
      done += count;
    }
  }

  /// Section 3.2.4 of RFC 1951; the header's three bits are padded to a byte.
  private static byte[] storedHeader(int count, boolean last) {
    return Struct.littleEndian(5)
        .u8("BFINAL, BTYPE", last ? 1 : 0)
        .u16("LEN", count)
        .u16("NLEN", ~count & 0xFFFF)
        .toBytes();
  }

  private void trailer(long crc, long length) {
    out.add(storedHeader(0, true));
    out.add(Struct.littleEndian(8).u32("CRC32", crc).u32("ISIZE", length & 0xFFFF_FFFFL).toBytes());
  }
}
