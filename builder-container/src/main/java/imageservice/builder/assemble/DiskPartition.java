package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.gpt.GptTable.NewPartition;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Guid;

/// A partition of a disk image, which Talos finds by its name.
///
/// @param content up to its last byte that is not zero
record DiskPartition(NewPartition entry, Blob content) {
  static final String EFI = "EFI";
  static final String BIOS = "BIOS";
  static final String BOOT = "BOOT";
  static final String META = "META";
  static final String STATE = "STATE";
  static final String EPHEMERAL = "EPHEMERAL";

  private static final long MIB = 1 << 20;

  static DiskPartition of(
      String name, Guid type, long mib, long attributes, SectorSize sectorSize, Blob content) {
    return new DiskPartition(
        new NewPartition(type, Guid.ofLabel(name), sectorSize.sectors(mib * MIB), attributes, name),
        content);
  }

  /// What the rest of the disk is.
  static DiskPartition rest(String name) {
    return new DiskPartition(
        new NewPartition(Guid.LINUX_FILESYSTEM, Guid.ofLabel(name), NewPartition.REST, 0, name),
        Blob.of(new byte[0]));
  }
}
