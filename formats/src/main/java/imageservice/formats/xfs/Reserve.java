package imageservice.formats.xfs;

/// Blocks that Linux wants free in a group when it mounts, for the trees of references and of free
/// inodes at their worst. Where they are not there it mounts all the same, and warns.
final class Reserve {
  private Reserve() {}

  /// Blocks to keep free in a group.
  static long of(Geometry geometry, int group) {
    long log = group == Geometry.LOG_GROUP ? Geometry.LOG_BLOCKS : 0;
    long blocks = geometry.length(group) - log;
    long inodeChunks = blocks * Geometry.INODES_IN_BLOCK / Geometry.CHUNK;
    return treeBlocks(blocks, 168, 252) + treeBlocks(inodeChunks, 126, 252);
  }

  /// Blocks of a tree whose blocks are half empty.
  ///
  /// @param leaf records in a leaf
  /// @param node entries in a block above
  private static long treeBlocks(long records, int leaf, int node) {
    long level = Math.ceilDiv(records, leaf);
    long blocks = level;
    while (level > 1) {
      level = Math.ceilDiv(level, node);
      blocks += level;
    }
    return blocks;
  }
}
