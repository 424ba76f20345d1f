package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.util.Comparator;

/// A record of a free space tree: "xfs_alloc_rec".
///
/// @param start block within the group
/// @param length in blocks
record FreeRange(long start, long length) {
  static final int SIZE = 8;

  static final Comparator<FreeRange> BY_LENGTH =
      Comparator.comparingLong(FreeRange::length).thenComparingLong(FreeRange::start);

  byte[] toBytes() {
    return Struct.bigEndian(SIZE)
        .u32("ar_startblock", start)
        .u32("ar_blockcount", length)
        .toBytes();
  }
}
