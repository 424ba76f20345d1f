package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;

/// A run of blocks of a file: "xfs_bmbt_rec", 128 bits that are a flag for blocks never written, 54
/// bits of offset, 52 of the first block and 21 of length.
///
/// @param offset within the file, in blocks
/// @param length in blocks
record FileExtent(long offset, BlockAddress start, long length) {
  static final int SIZE = 16;

  private static final int LENGTH_BITS = 21;

  FileExtent {
    if (offset >>> 54 != 0 || length < 1 || length >>> LENGTH_BITS != 0) {
      throw new IllegalArgumentException("an extent of %d blocks at %d".formatted(length, offset));
    }
  }

  byte[] toBytes(Geometry geometry) {
    long block = geometry.fileSystemBlock(start);
    return Struct.bigEndian(SIZE)
        .u64("l0", (offset << 9) | (block >>> (Long.SIZE - LENGTH_BITS)))
        .u64("l1", (block << LENGTH_BITS) | length)
        .toBytes();
  }
}
