package imageservice.formats.compress;

import imageservice.formats.struct.Struct;

/// Packs a short text, on the heap, as one member of gzip, RFC 1952, of one block with fixed
/// Huffman codes, RFC 1951, section 3.2.6: the same bytes on every JDK, without any library. Each
/// position is compared with at most 32 earlier ones, so that no text takes long.
public final class Gzip {
  /// `XFL` of a compressor that took its time.
  private static final int SLOWEST = 2;

  /// `XFL` of one that was in a hurry, and of one that does not tell.
  static final int FASTEST = 4;

  static final int UNTOLD = 0;

  private static final int DEFLATE = 8;
  private static final int UNKNOWN_SYSTEM = 255;

  private Gzip() {}

  /// The member, without name or time.
  public static byte[] member(byte[] plain) {
    byte[] header = header(SLOWEST);
    byte[] block = Deflate.lastBlock(plain);
    byte[] trailer = trailer(Crc32.of(plain), plain.length);
    return Struct.littleEndian(header.length + block.length + trailer.length)
        .bytes("header", header)
        .bytes("compressed blocks", block)
        .bytes("trailer", trailer)
        .toBytes();
  }

  /// RFC 1952, section 2.3.
  static byte[] header(int extraFlags) {
    return Struct.littleEndian(10)
        .u8("ID1", 31)
        .u8("ID2", 139)
        .u8("CM", DEFLATE)
        .u8("FLG", 0)
        .u32("MTIME", 0) // none
        .u8("XFL", extraFlags)
        .u8("OS", UNKNOWN_SYSTEM)
        .toBytes();
  }

  static byte[] trailer(long crc32, long length) {
    return Struct.littleEndian(8).u32("CRC32", crc32).u32("ISIZE", length & 0xFFFF_FFFFL).toBytes();
  }
}
