package imageservice.formats.xfs;

/// The trees of an allocation group, in the order of their roots.
enum Btree {
  /// Free ranges by block.
  FREE_BY_BLOCK("AB3B", 0),
  /// Free ranges by length, then block.
  FREE_BY_LENGTH("AB3C", 1),
  /// All chunks of inodes.
  INODES("IAB3", 2),
  /// Chunks with free inodes.
  FREE_INODES("FIB3", 3),
  /// Blocks that several files share: none here.
  REFERENCES("R3FC", 4);

  private final String magic;
  private final int position;

  Btree(String magic, int position) {
    this.magic = magic;
    this.position = position;
  }

  String magic() {
    return magic;
  }

  /// Behind the group's headers, in blocks.
  int position() {
    return position;
  }
}
