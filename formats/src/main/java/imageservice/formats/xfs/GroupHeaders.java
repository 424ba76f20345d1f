package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;

/// The headers of an allocation group behind its superblock, one sector each.
final class GroupHeaders {
  private static final int BUCKETS = 64;

  /// The first slot of the list that is in use, as `mkfs.xfs` leaves it.
  private static final int FIRST_SPARE = 1;

  private GroupHeaders() {}

  /// Free space: "xfs_agf".
  static byte[] freeSpace(Group group) {
    Geometry geometry = group.geometry();
    return Numbers.sealed(
        start(group, "agf", "XAGF")
            .u32("agf_bno_root", geometry.root(Btree.FREE_BY_BLOCK))
            .u32("agf_cnt_root", geometry.root(Btree.FREE_BY_LENGTH))
            .u32("agf_rmap_root", 0)
            .u32("agf_bno_level", 1)
            .u32("agf_cnt_level", 1)
            .u32("agf_rmap_level", 0)
            .u32("agf_flfirst", FIRST_SPARE)
            .u32("agf_fllast", FIRST_SPARE + Geometry.SPARES - 1)
            .u32("agf_flcount", Geometry.SPARES)
            .u32("agf_freeblks", group.freeBlocks())
            .u32("agf_longest", group.longestFree())
            .u32("agf_btreeblks", 0) // beyond the roots
            .bytes("agf_uuid", Numbers.bytes(group.uuid()))
            .u32("agf_rmap_blocks", 0)
            .u32("agf_refcount_blocks", 1) // the root counts here
            .u32("agf_refcount_root", geometry.root(Btree.REFERENCES))
            .u32("agf_refcount_level", 1)
            .zeros("agf_spare64", 112)
            .u64("agf_lsn", 0)
            .u32("agf_crc", 0)
            .zeros("rest", geometry.sectorSize().bytes() - 220),
        "agf_crc");
  }

  /// Inodes: "xfs_agi".
  static byte[] inodes(Group group) {
    Geometry geometry = group.geometry();
    return Numbers.sealed(
        start(group, "agi", "XAGI")
            .u32("agi_count", group.allocatedInodes())
            .u32("agi_root", geometry.root(Btree.INODES))
            .u32("agi_level", 1)
            .u32("agi_freecount", group.freeInodes())
            .u32("agi_newino", group.inodes() > 0 ? geometry.rootInode() : Numbers.NULL)
            .u32("agi_dirino", Numbers.NULL)
            .bytes("agi_unlinked", Numbers.nulls(BUCKETS))
            .bytes("agi_uuid", Numbers.bytes(group.uuid()))
            .u32("agi_crc", 0)
            .u32("agi_pad32", 0)
            .u64("agi_lsn", 0)
            .u32("agi_free_root", geometry.root(Btree.FREE_INODES))
            .u32("agi_free_level", 1)
            .u32("agi_iblocks", 1)
            .u32("agi_fblocks", 1)
            .zeros("rest", geometry.sectorSize().bytes() - 344),
        "agi_crc");
  }

  /// The list of spare blocks: "xfs_agfl".
  static byte[] spares(Group group) {
    Geometry geometry = group.geometry();
    int slots = (geometry.sectorSize().bytes() - 36) / 4;
    Struct list =
        Struct.bigEndian(geometry.sectorSize().bytes())
            .ascii("agfl_magicnum", "XAFL")
            .u32("agfl_seqno", group.number())
            .bytes("agfl_uuid", Numbers.bytes(group.uuid()))
            .u64("agfl_lsn", 0)
            .u32("agfl_crc", 0)
            .bytes("before", Numbers.nulls(FIRST_SPARE));
    for (int i = 0; i < Geometry.SPARES; i++) {
      list.u32("agfl_bno" + i, geometry.spares() + i);
    }
    int rest = slots - FIRST_SPARE - Geometry.SPARES;
    return Numbers.sealed(list.bytes("after", Numbers.nulls(rest)), "agfl_crc");
  }

  private static Struct start(Group group, String prefix, String magic) {
    return Struct.bigEndian(group.geometry().sectorSize().bytes())
        .ascii(prefix + "_magicnum", magic)
        .u32(prefix + "_versionnum", 1)
        .u32(prefix + "_seqno", group.number())
        .u32(prefix + "_length", group.length());
  }
}
