package imageservice.formats.gpt;

import imageservice.formats.medium.Lba;
import imageservice.formats.struct.Struct;
import java.util.List;

/// A master boot record: UEFI 2.10, tables 5-1 and 5-3. The first 512 bytes of the medium, whatever
/// its sector size. Boot code is not part of the value but given when it is written.
///
/// @param signature of the disk, 0 next to a GPT
public record Mbr(long signature, List<Partition> partitions) {
  public static final int SIZE = 512;

  /// Bytes there are for boot code. GRUB's lies in all of them.
  public static final int BOOT_CODE = 440;

  /// The OSType that keeps old partitioning programs off a GPT disk.
  public static final int GPT_PROTECTIVE = 0xEE;

  private static final int MAX_PARTITIONS = 4;

  public Mbr {
    partitions = List.copyOf(partitions);
    if (partitions.size() > MAX_PARTITIONS) {
      throw new IllegalArgumentException(partitions.size() + " partitions in an MBR");
    }
  }

  /// One partition over the whole disk, as far as 32 bits reach.
  ///
  /// @param last sector of the disk
  public static Mbr protective(Lba last) {
    long sectors = Math.min(last.value(), 0xFFFF_FFFFL);
    Chs first = new Chs(0, 0, 2);
    return new Mbr(
        0, List.of(new Partition(0, GPT_PROTECTIVE, first, Chs.BEYOND, new Lba(1), sectors)));
  }

  /// The sector.
  ///
  /// @param bootCode of at most {@value #BOOT_CODE} bytes, filled up with zeros
  public byte[] toBytes(byte[] bootCode) {
    Struct mbr =
        Struct.littleEndian(SIZE)
            .bytes("BootCode", bootCode, BOOT_CODE)
            .u32("UniqueMBRDiskSignature", signature)
            .u16("Unknown", 0);
    for (int i = 0; i < partitions.size(); i++) {
      mbr.bytes("PartitionRecord" + i, partitions.get(i).toBytes());
    }
    return mbr.zeros("Unused PartitionRecords", 16 * (MAX_PARTITIONS - partitions.size()))
        .u16("Signature", 0xAA55)
        .toBytes();
  }

  /// A partition record: UEFI 2.10, table 5-2.
  ///
  /// @param status 0x80 for the active partition, otherwise 0
  /// @param sectors its length
  public record Partition(int status, int type, Chs first, Chs last, Lba start, long sectors) {
    /// A partition with the CHS addresses of a disk of that geometry.
    public static Partition of(
        int status, int type, Lba start, long sectors, int heads, int sectorsPerTrack) {
      return new Partition(
          status,
          type,
          Chs.of(start, heads, sectorsPerTrack),
          Chs.of(start.plus(sectors - 1), heads, sectorsPerTrack),
          start,
          sectors);
    }

    byte[] toBytes() {
      return Struct.littleEndian(16)
          .u8("BootIndicator", status)
          .bytes("StartingCHS", first.toBytes())
          .u8("OSType", type)
          .bytes("EndingCHS", last.toBytes())
          .u32("StartingLBA", start.value())
          .u32("SizeInLBA", sectors)
          .toBytes();
    }
  }

  /// A cylinder (10 bits), head (8 bits) and sector (6 bits, from 1) as BIOS calls take them.
  public record Chs(int cylinder, int head, int sector) {
    /// Stands for an address beyond the reach of CHS, as table 5-3 wants it.
    public static final Chs BEYOND = new Chs(1023, 255, 63);

    public Chs {
      if (cylinder >>> 10 != 0 || head >>> 8 != 0 || sector >>> 6 != 0) {
        throw new IllegalArgumentException(
            "cylinder %d, head %d, sector %d".formatted(cylinder, head, sector));
      }
    }

    /// The address of a sector on a disk of that geometry, {@link #BEYOND} where it has none.
    public static Chs of(Lba lba, int heads, int sectorsPerTrack) {
      long track = lba.value() / sectorsPerTrack;
      if (track / heads > 1023) {
        return BEYOND;
      }
      int sector = (int) (lba.value() % sectorsPerTrack) + 1;
      return new Chs((int) (track / heads), (int) (track % heads), sector);
    }

    byte[] toBytes() {
      return Struct.littleEndian(3)
          .u8("Head", head)
          .u8("Sector", sector | cylinder >> 8 << 6)
          .u8("Cylinder", cylinder & 0xFF)
          .toBytes();
    }
  }
}
