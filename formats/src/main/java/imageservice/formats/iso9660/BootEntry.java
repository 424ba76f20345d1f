package imageservice.formats.iso9660;

import imageservice.formats.medium.SectorSize;

/// One way to boot from the volume (El Torito 1.0, 2.2 and 2.5), always without emulation.
///
/// @param loadSectors sectors of 512 bytes the firmware reads at first; {@link #WHOLE} means as
///   many as the boot image has, written as 0 where 16 bits cannot say it
/// @param bootInfoTable whether a {@link BootInfoTable} is put into the boot image; only for images
///   in the tree
public record BootEntry(
    Platform platform, BootImage image, int loadSectors, boolean bootInfoTable) {
  public static final int WHOLE = -1;

  /// El Torito 1.0, 2.1, and UEFI 2.10, 13.3.2.1.
  public enum Platform {
    BIOS(0x00),
    UEFI(0xEF);

    private final int id;

    Platform(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }
  }

  /// Where the boot image lies.
  public sealed interface BootImage {
    /// A file of the tree, by its path without a leading slash.
    record InTree(String path) implements BootImage {}

    /// One of the appended ranges, by its place in their list.
    record Appended(int index) implements BootImage {}
  }

  public BootEntry {
    if (loadSectors < WHOLE || loadSectors > 0xFFFF) {
      throw new IllegalArgumentException("load size of " + loadSectors + " sectors");
    }
    if (bootInfoTable && image instanceof BootImage.Appended) {
      throw new IllegalArgumentException("a boot information table in an appended range: " + image);
    }
  }

  /// The sector count field for a boot image of so many bytes.
  int sectorCount(long length) {
    if (loadSectors != WHOLE) {
      return loadSectors;
    }
    long sectors = SectorSize.OF_512.sectors(length);
    return sectors > 0xFFFF ? 0 : (int) sectors;
  }
}
