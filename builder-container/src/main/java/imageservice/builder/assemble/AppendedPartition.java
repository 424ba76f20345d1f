package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.iso9660.AppendedRange;
import imageservice.formats.iso9660.BootEntry;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;

/// An EFI system partition behind an ISO's files: on a CD, firmware finds it by El Torito; on a
/// disk, by the partition table, whose first partition is the volume in front of it.
record AppendedPartition(Blob content) {
  /// Bytes.
  private static final long ALIGNMENT = 1 << 20;

  AppendedRange range() {
    return new AppendedRange(content, ALIGNMENT);
  }

  BootEntry bootEntry() {
    return new BootEntry(
        BootEntry.Platform.UEFI, new BootEntry.BootImage.Appended(0), BootEntry.WHOLE, false);
  }

  /// Its first sector, of 512 bytes.
  Lba first(IsoLayout layout) {
    return layout.appendedBlock(0).sector512();
  }

  /// Its length in sectors of 512 bytes.
  long sectors() {
    return SectorSize.OF_512.sectors(content.length());
  }

  /// Sectors, of 512 bytes, of the volume's partition, which ends where this one begins.
  long sectorsBefore(IsoLayout layout) {
    return first(layout).value() - IsoFrame.FIRST_USABLE.value();
  }
}
