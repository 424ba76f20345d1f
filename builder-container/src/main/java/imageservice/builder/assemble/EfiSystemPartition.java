package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.fat.FatDirectory;
import imageservice.formats.fat.FatFile;
import imageservice.formats.fat.FatGeometry;
import imageservice.formats.fat.FatLayout;
import imageservice.formats.fat.FatType;
import imageservice.formats.fat.FatVolume;
import imageservice.formats.medium.SectorSize;
import imageservice.plan.Epoch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An EFI system partition, UEFI 2.10, section 13.3: a FAT32 as `mkfs.fat --invariant` makes it.
final class EfiSystemPartition {
  private static final long SERIAL = 0x1234_ABCDL;
  private static final String LABEL = "EFI";

  /// 2015-03-14T09:26:52Z, the date that `mkfs.fat --invariant` gives labels.
  private static final long LABEL_EPOCH_SECONDS = 1_426_325_212L;

  private EfiSystemPartition() {}

  /// The partition: a file system of whole tracks, then zeros.
  ///
  /// @param files by path
  /// @param readOnly paths of files that nobody may write
  /// @param length of the partition in bytes
  static Blob of(
      Map<String, Blob> files, Set<String> readOnly, SectorSize sectorSize, long length) {
    Map<String, FatFile> entries = new LinkedHashMap<>();
    files.forEach((path, content) ->
        entries.put(
            path,
            new FatFile(
                path.substring(path.lastIndexOf('/') + 1), content, readOnly.contains(path))));
    FatVolume volume =
        new FatVolume(FatVolume.MKFS_OEM, SERIAL, LABEL, LABEL_EPOCH_SECONDS, Epoch.SECONDS);
    FatGeometry geometry = FatGeometry.disk(FatType.FAT32, sectorSize, length);
    return Extents.builder()
        .add(FatLayout.of(geometry, volume, FatDirectory.ofPaths(entries)).encode())
        .zerosTo(length)
        .build();
  }
}
