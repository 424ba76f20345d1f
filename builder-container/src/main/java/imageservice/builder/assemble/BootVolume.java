package imageservice.builder.assemble;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Guid;
import imageservice.formats.xfs.XfsEntry;
import imageservice.formats.xfs.XfsLayout;
import imageservice.formats.xfs.XfsVolume;
import imageservice.plan.Epoch;
import java.util.List;
import java.util.UUID;

/// The partition BOOT: an XFS from which GRUB reads its menu, and what it starts, in the first of
/// two slots.
final class BootVolume {
  private BootVolume() {}

  /// @param menu the text of `grub.cfg`, which holds what a configuration says and is root's alone
  static Blob of(SectorSize sectorSize, long length, String menu, Blob kernel, Blob initramfs)
      throws UnfitInputException {
    Guid id = Guid.ofLabel(DiskPartition.BOOT);
    XfsVolume volume =
        new XfsVolume(
            DiskPartition.BOOT, new UUID(id.high(), id.low()), Epoch.SECONDS, length, sectorSize);
    try {
      return XfsLayout.of(volume, entries(menu, kernel, initramfs)).encode();
    } catch (IllegalArgumentException e) {
      throw new UnfitInputException("the partition BOOT: " + e.getMessage());
    }
  }

  private static List<XfsEntry> entries(String menu, Blob kernel, Blob initramfs) {
    return List.of(
        new XfsEntry.Directory("", 0755),
        new XfsEntry.Directory("A", 0755),
        new XfsEntry.File("A/initramfs.xz", 0644, initramfs),
        new XfsEntry.File("A/vmlinuz", 0644, kernel),
        new XfsEntry.Directory("grub", 0700),
        new XfsEntry.File("grub/grub.cfg", 0600, Blob.of(menu)));
  }
}
