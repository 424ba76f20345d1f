package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;

/// A record of an inode tree: "xfs_inobt_rec", with the counters of sparse inodes.
///
/// @param first inode, numbered within its group
/// @param used inodes, the first ones of the chunk
record InodeChunk(long first, int used) {
  static final int SIZE = 16;

  /// A chunk of a row.
  ///
  /// @param first inode of the row
  /// @param used inodes of the row
  static InodeChunk of(long first, int used, int index) {
    int before = index * Geometry.CHUNK;
    return new InodeChunk(first + before, Math.min(Geometry.CHUNK, used - before));
  }

  int free() {
    return Geometry.CHUNK - used;
  }

  byte[] toBytes() {
    return Struct.bigEndian(SIZE)
        .u32("ir_startino", first)
        .u16("ir_holemask", 0)
        .u8("ir_count", Geometry.CHUNK)
        .u8("ir_freecount", free())
        .u64("ir_free", free() == 0 ? 0 : -1L << used) // a bit for each free one, from the lowest
        .toBytes();
  }
}
