package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.util.List;

/// The superblock: "xfs_dsb". Every group starts with the same bytes.
final class Superblock {
  /// Version 5, with link counts, aligned inodes, logs of version 2, extent flags, directories of
  /// version 2 and more features below.
  private static final int VERSION = 0xB4A5;

  /// The fields of sector sizes count.
  private static final int SECTOR_SIZES = 0x0800;

  /// Lazy counters (0x2), attributes of version 2 (0x8), project ids of 32 bits (0x80), checksums
  /// (0x100).
  private static final int FEATURES2 = 0x18A;

  /// Trees of free inodes (0x1), reflink (0x4), counters of inode trees' blocks (0x8).
  private static final int READ_ONLY_COMPATIBLE = 0xD;

  /// File types in directories (0x1), sparse inodes (0x2), bigtime (0x8).
  private static final int INCOMPATIBLE = 0xB;

  private Superblock() {}

  /// One sector.
  static byte[] toBytes(XfsVolume volume, List<Group> groups) {
    Geometry geometry = volume.geometry();
    int sector = volume.sectorSize().bytes();
    boolean large = sector > 512;
    long free = groups.stream().mapToLong(Group::freeBlocks).sum();
    return Numbers.sealed(
        Struct.bigEndian(sector)
            .ascii("sb_magicnum", "XFSB")
            .u32("sb_blocksize", Geometry.BLOCK)
            .u64("sb_dblocks", geometry.blocks())
            .u64("sb_rblocks", 0)
            .u64("sb_rextents", 0)
            .bytes("sb_uuid", Numbers.bytes(volume.uuid()))
            .u64("sb_logstart", geometry.fileSystemBlock(geometry.log()))
            .u64("sb_rootino", geometry.rootInode())
            .u64("sb_rbmino", geometry.rootInode() + 1)
            .u64("sb_rsumino", geometry.rootInode() + 2)
            .u32("sb_rextsize", 1)
            .u32("sb_agblocks", geometry.groupBlocks())
            .u32("sb_agcount", Geometry.GROUPS)
            .u32("sb_rbmblocks", 0)
            .u32("sb_logblocks", Geometry.LOG_BLOCKS)
            .u16("sb_versionnum", VERSION | (large ? SECTOR_SIZES : 0))
            .u16("sb_sectsize", sector)
            .u16("sb_inodesize", Geometry.INODE)
            .u16("sb_inopblock", Geometry.INODES_IN_BLOCK)
            .ascii("sb_fname", volume.label(), 12, '\0')
            .u8("sb_blocklog", log2(Geometry.BLOCK))
            .u8("sb_sectlog", log2(sector))
            .u8("sb_inodelog", log2(Geometry.INODE))
            .u8("sb_inopblog", log2(Geometry.INODES_IN_BLOCK))
            .u8("sb_agblklog", geometry.groupBits())
            .u8("sb_rextslog", 0)
            .u8("sb_inprogress", 0)
            .u8("sb_imax_pct", 25)
            .u64("sb_icount", groups.stream().mapToLong(Group::allocatedInodes).sum())
            .u64("sb_ifree", groups.stream().mapToLong(Group::freeInodes).sum())
            .u64("sb_fdblocks", free + (long) Geometry.SPARES * groups.size())
            .u64("sb_frextents", 0)
            .u64("sb_uquotino", 0)
            .u64("sb_gquotino", 0)
            .u16("sb_qflags", 0)
            .u8("sb_flags", 0)
            .u8("sb_shared_vn", 0)
            .u32("sb_inoalignmt", Geometry.CHUNK_BLOCKS)
            .u32("sb_unit", 0)
            .u32("sb_width", 0)
            .u8("sb_dirblklog", 0)
            .u8("sb_logsectlog", large ? log2(sector) : 0) // Linux wants 0 for 512
            .u16("sb_logsectsize", large ? sector : 0)
            .u32("sb_logsunit", large ? sector : 1)
            .u32("sb_features2", FEATURES2)
            .u32("sb_bad_features2", FEATURES2)
            .u32("sb_features_compat", 0)
            .u32("sb_features_ro_compat", READ_ONLY_COMPATIBLE)
            .u32("sb_features_incompat", INCOMPATIBLE)
            .u32("sb_features_log_incompat", 0)
            .u32("sb_crc", 0)
            .u32("sb_spino_align", Geometry.CHUNK_BLOCKS / 2)
            .u64("sb_pquotino", 0)
            .u64("sb_lsn", 0)
            .zeros("sb_meta_uuid", 16)
            .zeros("rest", sector - 264),
        "sb_crc");
  }

  private static int log2(int power) {
    return Integer.numberOfTrailingZeros(power);
  }
}
