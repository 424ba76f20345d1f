package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.IOException;

/// One member of gzip: RFC 1952, section 2.3, around blocks of deflate, RFC 1951. Every piece
/// begins and ends at a byte and refers to nothing before it.
final class GzipMember {
  private static final int STORED = 0xFFFF;

  private final Extents.Builder out = Extents.builder();
  private final ZeroUnits zeros = new ZeroUnits(Deflate::zeros);

  private GzipMember() {}

  /// @param extraFlags `XFL`, what the header tells of the compressor
  static Extents of(Blob plain, int extraFlags) throws IOException {
    GzipMember member = new GzipMember();
    member.out.add(Gzip.header(extraFlags));
    long crc = 0;
    for (Extent piece : Pieces.of(plain)) {
      member.add(piece);
      crc = Crc32.combine(crc, Pieces.crc32(piece), piece.length());
    }
    member.out.add(Deflate.storedHeader(0, true));
    member.out.add(Gzip.trailer(crc, plain.length()));
    return member.out.build();
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
      out.add(Deflate.storedHeader(count, false));
      out.add(new Extent.Slice(slice.blob(), slice.offset() + done, count));
      done += count;
    }
  }
}
