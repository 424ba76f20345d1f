package imageservice.formats.squashfs;

import imageservice.formats.struct.Struct;

/// `struct squashfs_super_block`.
///
/// @param rootInode position of the root's inode in the inode table
/// @param idTable places of the tables in the file system, each of its index where it has one, or
///   [SquashfsFormat#NO_TABLE]
record Superblock(
    int inodes,
    long mkfsTime,
    int fragments,
    SquashfsCompression compression,
    long rootInode,
    long bytesUsed,
    long idTable,
    long xattrTable,
    long inodeTable,
    long directoryTable,
    long fragmentTable,
    long lookupTable) {
  private static final int BLOCK_LOG = 17;
  private static final int DUPLICATES_REMOVED = 1 << 6;
  private static final int EXPORTABLE = 1 << 7;
  private static final int COMPRESSOR_OPTIONS = 1 << 10;

  byte[] toBytes() {
    int options = compression.options().isPresent() ? COMPRESSOR_OPTIONS : 0;
    return Struct.littleEndian(SquashfsFormat.SUPERBLOCK)
        .u32("s_magic", SquashfsFormat.MAGIC)
        .u32("inodes", inodes)
        .u32("mkfs_time", mkfsTime)
        .u32("block_size", DataArea.BLOCK)
        .u32("fragments", fragments)
        .u16("compression", compression.id())
        .u16("block_log", BLOCK_LOG)
        .u16("flags", DUPLICATES_REMOVED | EXPORTABLE | options)
        .u16("no_ids", 1)
        .u16("s_major", 4)
        .u16("s_minor", 0)
        .u64("root_inode", rootInode)
        .u64("bytes_used", bytesUsed)
        .u64("id_table_start", idTable)
        .u64("xattr_id_table_start", xattrTable)
        .u64("inode_table_start", inodeTable)
        .u64("directory_table_start", directoryTable)
        .u64("fragment_table_start", fragmentTable)
        .u64("lookup_table_start", lookupTable)
        .toBytes();
  }
}
