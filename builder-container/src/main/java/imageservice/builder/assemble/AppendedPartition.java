package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.iso9660.AppendedRange;
import imageservice.formats.iso9660.BootEntry;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;

/// An EFI system partition behind an ISO's files: on a CD, firmware finds it by El Torito; on a
/// disk, by a partition table. The volume up to it is the first partition.
record AppendedPartition(Blob content) {
  private static final long ALIGNMENT = 1 << 20;

  AppendedRange range() {
    return new AppendedRange(content, ALIGNMENT);
  }

  BootEntry bootEntry() {
    return new BootEntry(
        BootEntry.Platform.UEFI, new BootEntry.BootImage.Appended(0), BootEntry.WHOLE, false);
  }

  Lba first(IsoLayout layout) {
    return layout.appendedBlock(0).sector512();
  }

  long sectors() {
    return SectorSize.OF_512.sectors(content.length());
  }

  /// Sectors of the volume's partition, which ends where this one begins.
  long sectorsBefore(IsoLayout layout) {
    return first(layout).value() - IsoFrame.FIRST_USABLE.value();
  }
}
