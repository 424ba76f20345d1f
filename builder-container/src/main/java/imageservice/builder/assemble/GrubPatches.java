package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.util.Arrays;

/// Fills in the fields of GRUB's boot code that name the sector at which the code goes on, as
/// `grub-mkrescue` has xorriso do (`--grub2-boot-info`, `--grub2-mbr`). Sectors have 512 bytes,
/// offsets and lengths are in bytes.
final class GrubPatches {
  private static final int BOOT_CODE = 440;
  private static final int LARGEST_BOOT_CODE = 512;

  /// Offset in boot_hybrid.img of the sector that it loads: the core image's loader for disks.
  private static final int MBR_SECTOR_AT = 0x1B0;

  /// Offset in eltorito.img of the sector at which its two loaders go on: the rest of the core
  /// image.
  private static final int CORE_SECTOR_AT = 2548;

  /// Sectors of the core image's loader for CDs; that for disks lies behind it.
  private static final int CD_LOADER = 4;

  /// Sectors of the core image's loaders for CDs and for disks together.
  private static final int LOADERS = 5;

  /// Offset in boot.img of the sector that it loads: the core image's first.
  private static final int DISK_SECTOR_AT = 0x5C;

  /// Offset in boot.img of a jump over the drive number that firmware gives, which GRUB's own
  /// installer takes out for hard disks.
  private static final int DRIVE_CHECK_AT = 0x66;

  private static final int NOP = 0x90;

  /// Offset in core.img of the sector at which its first one goes on.
  private static final int DISK_CORE_SECTOR_AT = 0x1F4;

  private GrubPatches() {}

  /// The boot code of a disk's sector 0, {@value #BOOT_CODE} bytes.
  ///
  /// @param coreSector first sector of the core image, as the disk counts
  static byte[] diskBootCode(Blob bootImage, long coreSector) throws IOException {
    byte[] code = patched(bootImage, DISK_SECTOR_AT, coreSector).bytes(LARGEST_BOOT_CODE);
    code[DRIVE_CHECK_AT] = (byte) NOP;
    code[DRIVE_CHECK_AT + 1] = (byte) NOP;
    return Arrays.copyOf(code, BOOT_CODE);
  }

  /// The core image of a disk.
  ///
  /// @param coreSector its first sector, as the disk counts
  static Blob diskCoreImage(Blob coreImage, long coreSector) {
    return patched(coreImage, DISK_CORE_SECTOR_AT, coreSector + 1);
  }

  /// The boot code of sector 0, {@value #BOOT_CODE} bytes.
  ///
  /// @param coreSector first sector of the core image
  static byte[] bootCode(Blob bootHybrid, long coreSector) throws IOException {
    byte[] code =
        patched(bootHybrid, MBR_SECTOR_AT, coreSector + CD_LOADER).bytes(LARGEST_BOOT_CODE);
    return Arrays.copyOf(code, BOOT_CODE);
  }

  /// The core image for El Torito, without its boot information table, which the ISO's layout
  /// writes.
  ///
  /// @param coreSector first sector of the core image
  static Blob coreImage(Blob eltorito, long coreSector) {
    return patched(eltorito, CORE_SECTOR_AT, coreSector + LOADERS);
  }

  private static Blob patched(Blob image, int offset, long sector) {
    byte[] field = Struct.littleEndian(Long.BYTES).u64("sector", sector).toBytes();
    long rest = offset + (long) field.length;
    return Blob.concatenation(
        Blob.slice(image, 0, offset),
        Blob.of(field),
        Blob.slice(image, rest, image.length() - rest));
  }
}
