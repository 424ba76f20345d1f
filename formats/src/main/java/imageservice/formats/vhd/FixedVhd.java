package imageservice.formats.vhd;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import java.util.UUID;

/// A disk of fixed size: its content, then a footer. Virtual Hard Disk Image Format Specification
/// 1.0, "Hard Disk Footer Format". The geometry is the largest there is, which with QEMU's mark as
/// the creator says that the size counts instead: Azure has disks of whole MiB alone, which
/// cylinders, heads and sectors cannot tell.
public final class FixedVhd {
  /// Bytes.
  public static final int FOOTER = 512;

  /// 2000-01-01T00:00:00Z in seconds since 1970.
  private static final long EPOCH = 946_684_800;

  private static final int SECTOR = 512;

  private FixedVhd() {}

  /// @param content of the disk, whole sectors of 512 bytes
  /// @param seconds of its making, since 1970
  public static Extents of(Blob content, UUID unique, long seconds) {
    if (content.length() % SECTOR != 0) {
      throw new IllegalArgumentException(content.length() + " bytes are no whole sectors");
    }
    return Extents.builder()
        .add(content)
        .add(footer(content.length(), unique, seconds - EPOCH))
        .build();
  }

  private static byte[] footer(long size, UUID unique, long timeStamp) {
    Struct footer =
        Struct.bigEndian(FOOTER)
            .ascii("Cookie", "conectix")
            .u32("Features", 2) // reserved, always set
            .u32("File Format Version", 0x0001_0000)
            .u64("Data Offset", -1) // of a fixed disk
            .u32("Time Stamp", timeStamp)
            .ascii("Creator Application", "qem2")
            .u32("Creator Version", 0x0005_0003)
            .ascii("Creator Host OS", "Wi2k")
            .u64("Original Size", size)
            .u64("Current Size", size)
            .u16("Cylinder", 0xFFFF)
            .u8("Heads", 16)
            .u8("Sectors per track", 255)
            .u32("Disk Type", 2) // fixed
            .u32("Checksum", 0) // with itself as zero; patched below
            .u64("Unique Id, first half", unique.getMostSignificantBits())
            .u64("Unique Id, second half", unique.getLeastSignificantBits())
            .u8("Saved State", 0)
            .zeros("Reserved", 427);
    return footer.patchU32("Checksum", checksum(footer.toBytes())).toBytes();
  }

  /// The ones' complement of the sum of all bytes.
  private static long checksum(byte[] footer) {
    int sum = 0;
    for (byte each : footer) {
      sum += Byte.toUnsignedInt(each);
    }
    return ~sum & 0xFFFF_FFFFL;
  }
}
