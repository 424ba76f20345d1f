package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// A tree that is a single leaf: "xfs_btree_sblock" with checksums.
final class BtreeBlock {
  private static final int HEADER = 56;

  /// Records that fit one leaf.
  static int capacity(int recordSize) {
    return (Geometry.BLOCK - HEADER) / recordSize;
  }

  private BtreeBlock() {}

  static byte[] toBytes(Group group, Btree tree) {
    List<byte[]> records = records(group, tree);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    records.forEach(content::writeBytes);
    long own = group.geometry().basicBlock(group.block(group.geometry().root(tree)));
    return Numbers.sealed(
        Struct.bigEndian(Geometry.BLOCK)
            .ascii("bb_magic", tree.magic())
            .u16("bb_level", 0)
            .u16("bb_numrecs", records.size())
            .u32("bb_leftsib", Numbers.NULL)
            .u32("bb_rightsib", Numbers.NULL)
            .u64("bb_blkno", own)
            .u64("bb_lsn", 0)
            .bytes("bb_uuid", Numbers.bytes(group.uuid()))
            .u32("bb_owner", group.number())
            .u32("bb_crc", 0)
            .bytes("records", content.toByteArray(), Geometry.BLOCK - HEADER),
        "bb_crc");
  }

  private static List<byte[]> records(Group group, Btree tree) {
    return switch (tree) {
      case FREE_BY_BLOCK -> group.free().stream().map(FreeRange::toBytes).toList();
      case FREE_BY_LENGTH ->
          group.free().stream().sorted(FreeRange.BY_LENGTH).map(FreeRange::toBytes).toList();
      case INODES -> group.chunks().stream().map(InodeChunk::toBytes).toList();
      case FREE_INODES ->
          group.chunks().stream()
              .filter(chunk -> chunk.free() > 0)
              .map(InodeChunk::toBytes)
              .toList();
      case REFERENCES -> List.of();
    };
  }
}
