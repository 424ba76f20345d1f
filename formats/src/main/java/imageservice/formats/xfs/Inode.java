package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.util.List;

/// An inode: "xfs_dinode", version 3. Its generation is 0, and it was changed once.
///
/// @param mode type and permissions
/// @param flags "di_flags"
record Inode(long number, int mode, long links, long size, int flags, Fork fork) {
  static final int DIRECTORY = 0x4000;
  static final int FILE = 0x8000;

  private static final int NEW_REALTIME_BITMAP = 4;
  private static final long BIGTIME = 8;

  /// What superblocks name though there is no realtime device.
  static Inode realtimeBitmap(long number) {
    return new Inode(number, FILE, 1, 0, NEW_REALTIME_BITMAP, new Mapping(List.of()));
  }

  static Inode realtimeSummary(long number) {
    return new Inode(number, FILE, 1, 0, 0, new Mapping(List.of()));
  }

  byte[] toBytes(XfsVolume volume) {
    long time = bigtime(volume.epochSeconds());
    return toBytes(volume, time);
  }

  /// An inode that no file has.
  static byte[] unused(XfsVolume volume, long number) {
    Inode nothing = new Inode(number, 0, 0, 0, 0, new Mapping(List.of()));
    return nothing.toBytes(volume, 0);
  }

  /// Nanoseconds since the first second of 32 signed bits, in 64 unsigned bits.
  static long bigtime(long epochSeconds) {
    return (epochSeconds + (1L << 31)) * 1_000_000_000L;
  }

  private boolean used() {
    return mode != 0;
  }

  private byte[] toBytes(XfsVolume volume, long time) {
    return Numbers.sealed(
        Struct.bigEndian(Geometry.INODE)
            .ascii("di_magic", "IN")
            .u16("di_mode", mode)
            .u8("di_version", 3)
            .u8("di_format", used() ? fork.format() : 0)
            .u16("di_onlink", 0)
            .u32("di_uid", 0)
            .u32("di_gid", 0)
            .u32("di_nlink", links)
            .u16("di_projid_lo", 0)
            .u16("di_projid_hi", 0)
            .zeros("di_pad", 8)
            .u64("di_atime", time)
            .u64("di_mtime", time)
            .u64("di_ctime", time)
            .u64("di_size", size)
            .u64("di_nblocks", fork.blocks())
            .u32("di_extsize", 0)
            .u32("di_nextents", fork.extents())
            .u16("di_anextents", 0)
            .u8("di_forkoff", 0)
            .u8("di_aformat", used() ? 2 : 0)
            .u32("di_dmevmask", 0)
            .u16("di_dmstate", 0)
            .u16("di_flags", flags)
            .u32("di_gen", 0)
            .u32("di_next_unlinked", Numbers.NULL)
            .u32("di_crc", 0)
            .u64("di_changecount", used() ? 1 : 0)
            .u64("di_lsn", 0)
            .u64("di_flags2", used() ? BIGTIME : 0)
            .u32("di_cowextsize", 0)
            .zeros("di_pad2", 12)
            .u64("di_crtime", time)
            .u64("di_ino", number)
            .bytes("di_uuid", Numbers.bytes(volume.uuid()))
            .bytes("data fork", fork.toBytes(volume.geometry()), Fork.SIZE),
        "di_crc");
  }
}
