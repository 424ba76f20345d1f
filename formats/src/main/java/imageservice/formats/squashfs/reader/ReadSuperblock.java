package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsFormat;
import java.io.IOException;
import java.nio.ByteBuffer;

/// `struct squashfs_super_block` of an image of any writer, as far as reading needs it.
///
/// @param bytesUsed size of the file system
/// @param xattrTable -1 where there is none
record ReadSuperblock(
    int blockSize,
    long fragments,
    BlockDecoder decoder,
    int ids,
    long rootInode,
    long bytesUsed,
    long idTable,
    long xattrTable,
    long inodeTable,
    long directoryTable,
    long fragmentTable) {
  private static final int MIN_BLOCK_LOG = 12;
  private static final int MAX_BLOCK_LOG = 20;

  static ReadSuperblock of(Blob image) throws IOException {
    ByteBuffer raw =
        new ImageBytes(image, image.length()).read("superblock", 0, SquashfsFormat.SUPERBLOCK);
    require(raw.getInt(0) == SquashfsFormat.MAGIC, "s_magic", 0, "is not hsqs");
    require(raw.getShort(28) == 4, "s_major", 28, "is " + raw.getShort(28));
    require(raw.getShort(30) == 0, "s_minor", 30, "is " + raw.getShort(30));
    int log = raw.getShort(22);
    require(log >= MIN_BLOCK_LOG && log <= MAX_BLOCK_LOG, "block_log", 22, "is " + log);
    require(raw.getInt(12) == 1 << log, "block_size", 12, "is " + raw.getInt(12));
    ReadSuperblock superblock =
        new ReadSuperblock(
            1 << log,
            Integer.toUnsignedLong(raw.getInt(16)),
            BlockDecoder.of(Short.toUnsignedInt(raw.getShort(20))),
            Short.toUnsignedInt(raw.getShort(26)),
            raw.getLong(32),
            raw.getLong(40),
            raw.getLong(48),
            raw.getLong(56),
            raw.getLong(64),
            raw.getLong(72),
            raw.getLong(80));
    superblock.check(image.length());
    return superblock;
  }

  private void check(long length) throws IOException {
    require(
        bytesUsed >= SquashfsFormat.SUPERBLOCK && bytesUsed <= length,
        "bytes_used",
        40,
        "is %d in an image of %d bytes".formatted(bytesUsed, length));
    requireTable("id_table_start", 48, idTable);
    requireTable("inode_table_start", 64, inodeTable);
    requireTable("directory_table_start", 72, directoryTable);
    require(
        inodeTable < directoryTable, "directory_table_start", 72, "is not after the inode table");
    if (xattrTable != SquashfsFormat.NO_TABLE) {
      requireTable("xattr_id_table_start", 56, xattrTable);
    }
    if (fragments > 0) {
      requireTable("fragment_table_start", 80, fragmentTable);
    }
  }

  private void requireTable(String field, long offset, long table) throws IOException {
    require(table >= SquashfsFormat.SUPERBLOCK && table < bytesUsed, field, offset, "is " + table);
  }
}
