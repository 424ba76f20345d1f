package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.struct.Struct;
import java.io.IOException;

/// Where GRUB's boot code is told where the rest of it lies: places that `grub-mkrescue` and
/// xorriso fill (`--grub2-boot-info`, `--grub2-mbr`). Sectors have 512 bytes.
final class GrubPatches {
  private static final int BOOT_CODE = 440;
  private static final int LARGEST_BOOT_CODE = 512;

  /// In boot_hybrid.img: the second sector of the core image.
  private static final int MBR_SECTOR_AT = 0x1B0;

  /// In eltorito.img: what its first five sectors go on with.
  private static final int CORE_SECTOR_AT = 2548;

  private static final int MBR_SKIPS = 4;
  private static final int CORE_SKIPS = 5;

  private GrubPatches() {}

  /// The boot code of sector 0, {@value #BOOT_CODE} bytes.
  static byte[] bootCode(Blob bootHybrid, long coreSector) throws IOException {
    byte[] code =
        patched(bootHybrid, MBR_SECTOR_AT, coreSector + MBR_SKIPS).bytes(LARGEST_BOOT_CODE);
    return java.util.Arrays.copyOf(code, BOOT_CODE);
  }

  /// The core image for El Torito, without its boot information table.
  static Blob coreImage(Blob eltorito, long coreSector) {
    return patched(eltorito, CORE_SECTOR_AT, coreSector + CORE_SKIPS);
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
