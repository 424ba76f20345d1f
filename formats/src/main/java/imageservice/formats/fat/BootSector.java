package imageservice.formats.fat;

import imageservice.formats.medium.Lba;
import imageservice.formats.struct.Struct;
import java.util.Arrays;

/// The boot sector: FAT overview, "Boot Sector and BPB Structure".
final class BootSector {
  static final Lba FS_INFO = new Lba(1);
  static final Lba BACKUP = new Lba(6);
  static final int ROOT_CLUSTER = 2;

  /// Where the firmware jumps: call its next choice (INT 18h), and halt if that returns.
  private static final byte[] BOOT_CODE = {
    (byte) 0xCD, 0x18, (byte) 0xF4, (byte) 0xEB, (byte) 0xFD
  };

  private static final int SIZE = 512;
  private static final int FAT32_FIELDS = 28;

  private BootSector() {}

  /// The sector's first 512 bytes, the rest is zeros.
  static byte[] toBytes(FatGeometry geometry, FatVolume volume) {
    boolean fat32 = geometry.type() == FatType.FAT32;
    boolean small = !fat32 && geometry.sectors() <= 0xFFFF;
    Struct sector =
        Struct.littleEndian(SIZE)
            .bytes(
                "BS_jmpBoot", new byte[] {(byte) 0xEB, (byte) (fat32 ? 0x58 : 0x3C), (byte) 0x90})
            .ascii("BS_OEMName", volume.oem(), 8, ' ')
            .u16("BPB_BytsPerSec", geometry.sectorSize().bytes())
            .u8("BPB_SecPerClus", geometry.clusterSize().sectors())
            .u16("BPB_RsvdSecCnt", geometry.reservedSectors())
            .u8("BPB_NumFATs", FatGeometry.FATS)
            .u16("BPB_RootEntCnt", geometry.rootEntries())
            .u16("BPB_TotSec16", small ? (int) geometry.sectors() : 0)
            .u8("BPB_Media", geometry.media())
            .u16("BPB_FATSz16", fat32 ? 0 : Math.toIntExact(geometry.fatSectors()))
            .u16("BPB_SecPerTrk", geometry.sectorsPerTrack())
            .u16("BPB_NumHeads", geometry.heads())
            .u32("BPB_HiddSec", 0)
            .u32("BPB_TotSec32", small ? 0 : geometry.sectors());
    if (fat32) {
      sector
          .u32("BPB_FATSz32", geometry.fatSectors())
          .u16("BPB_ExtFlags", 0)
          .u16("BPB_FSVer", 0)
          .u32("BPB_RootClus", ROOT_CLUSTER)
          .u16("BPB_FSInfo", (int) FS_INFO.value())
          .u16("BPB_BkBootSec", (int) BACKUP.value())
          .zeros("BPB_Reserved", 12);
    }
    int codeSize = SIZE - 2 - 62 - (fat32 ? FAT32_FIELDS : 0);
    return sector
        .u8("BS_DrvNum", geometry.drive())
        .u8("BS_Reserved1", 0)
        .u8("BS_BootSig", 0x29)
        .u32("BS_VolID", volume.serial())
        .ascii("BS_VolLab", volume.bootSectorLabel(), 11, ' ')
        .ascii("BS_FilSysType", geometry.type().name(), 8, ' ')
        .bytes("BS_BootCode", Arrays.copyOf(BOOT_CODE, codeSize))
        .u16("Signature_word", 0xAA55)
        .toBytes();
  }

  /// FAT overview, "FAT32 FSInfo Sector Structure".
  static byte[] fsInfo(long free, long last) {
    return Struct.littleEndian(SIZE)
        .ascii("FSI_LeadSig", "RRaA")
        .zeros("FSI_Reserved1", 480)
        .ascii("FSI_StrucSig", "rrAa")
        .u32("FSI_Free_Count", free)
        .u32("FSI_Nxt_Free", last)
        .zeros("FSI_Reserved2", 12)
        .u32("FSI_TrailSig", 0xAA55_0000L)
        .toBytes();
  }
}
