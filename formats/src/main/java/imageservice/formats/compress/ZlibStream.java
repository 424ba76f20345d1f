package imageservice.formats.compress;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import java.util.zip.Adler32;

/// A stream of zlib: RFC 1950.
///
/// @param compressed the stream, of no bytes where it would not be shorter than its content
/// @param adler32 of the content
public record ZlibStream(Blob compressed, int adler32) {
  /// `CMF` and `FLG` of a window of 32 KiB and a compressor that does not tell.
  private static final byte[] HEADER = {0x78, 0x01};

  private static final Blob NONE = Blob.of("");

  /// Bytes of a stored block: a content's blocks begin at a multiple of them.
  private static final int STORED = 32 << 10;

  public static ZlibStream of(byte[] content) {
    Adler32 adler = new Adler32();
    adler.update(content);
    int checksum = (int) adler.getValue();
    return new ZlibStream(
        Density.isDense(content) ? NONE : compressed(content, checksum), checksum);
  }

  private static Blob compressed(byte[] content, int checksum) {
    byte[] blocks = Deflate.lastBlocks(content);
    int length = HEADER.length + blocks.length + Integer.BYTES;
    return length < content.length
        ? Blob.of(
            Struct.bigEndian(length)
                .bytes("CMF, FLG", HEADER)
                .bytes("compressed blocks", blocks)
                .u32("ADLER32", checksum & 0xFFFF_FFFFL)
                .toBytes())
        : NONE;
  }

  /// The stream of a content as it is.
  public static Extents stored(Extent.Slice content, int adler32) {
    Extents.Builder stream = Extents.builder().add(HEADER);
    for (long done = 0; done < content.length(); ) {
      int count = (int) Math.min(content.length() - done, STORED);
      stream.add(Deflate.storedHeader(count, done + count == content.length()));
      stream.add(new Extent.Slice(content.blob(), content.offset() + done, count));
      done += count;
    }
    return stream
        .add(Struct.bigEndian(Integer.BYTES).u32("ADLER32", adler32 & 0xFFFF_FFFFL).toBytes())
        .build();
  }
}
