package imageservice.formats.xfs;

import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Alignment;

/// How a volume is divided into allocation groups, and where each group's fixed parts lie: the
/// headers, the roots of five trees, the spare blocks; in the first group then the inodes and file
/// contents, in the third the log.
///
/// @param blocks of the volume
record Geometry(long blocks, SectorSize sectorSize) {
  static final int BLOCK = 4096;
  static final int INODE = 512;
  static final int INODES_IN_BLOCK = BLOCK / INODE;

  /// Inodes are allocated in chunks of 64.
  static final int CHUNK = 64;

  static final int CHUNK_BLOCKS = CHUNK / INODES_IN_BLOCK;

  /// One group would be refused by xfs_repair, which wants backups of the superblock.
  static final int GROUPS = 4;

  /// Outside of the first group: there, readers would look for the root inode behind the log.
  static final int LOG_GROUP = GROUPS / 2;

  /// 64 MiB, as `mkfs.xfs` prefers; Linux refuses a log that is shorter than its features need.
  static final long LOG_BLOCKS = 16_384;

  /// Free blocks that a group keeps for its trees: what Linux refills the list to.
  static final int SPARES = 4;

  private static final int HEADERS = 4;
  private static final int BASIC_BLOCK = 512;

  /// Blocks in every group but the last, which may be shorter by up to three.
  long groupBlocks() {
    return Math.ceilDiv(blocks, GROUPS);
  }

  /// Bits of a block's number in its group.
  int groupBits() {
    return Long.SIZE - Long.numberOfLeadingZeros(groupBlocks() - 1);
  }

  /// Blocks in a group.
  long length(int group) {
    return group < GROUPS - 1 ? groupBlocks() : blocks - (GROUPS - 1) * groupBlocks();
  }

  /// Blocks of superblock, AGF, AGI and AGFL, a sector each.
  int headers() {
    return Math.ceilDiv(HEADERS * sectorSize.bytes(), BLOCK);
  }

  /// The only block of a tree.
  long root(Btree tree) {
    return (long) headers() + tree.position();
  }

  /// The first of the spare blocks.
  long spares() {
    return headers() + (long) Btree.values().length;
  }

  /// The first block of a group that is not taken by these.
  long first() {
    return spares() + SPARES;
  }

  /// Where inodes start in the first group: aligned as the superblock says.
  long inodes() {
    return Alignment.roundUp(first(), CHUNK_BLOCKS);
  }

  long rootInode() {
    return inodes() * INODES_IN_BLOCK;
  }

  BlockAddress log() {
    return new BlockAddress(LOG_GROUP, first());
  }

  /// Bytes before a block.
  long offset(BlockAddress address) {
    return (address.group() * groupBlocks() + address.block()) * BLOCK;
  }

  /// A block as headers name themselves: in units of 512 bytes, whatever the sector size.
  long basicBlock(BlockAddress address) {
    return offset(address) / BASIC_BLOCK;
  }

  /// A block as extents name it: its group above the bits of its number, so that numbers have gaps
  /// between groups.
  long fileSystemBlock(BlockAddress address) {
    return ((long) address.group() << groupBits()) + address.block();
  }
}
