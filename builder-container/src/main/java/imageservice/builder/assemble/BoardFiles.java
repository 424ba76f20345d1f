package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.gpt.GptGeometry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.medium.SectorSize;
import imageservice.plan.Firmware;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts what a board needs onto a disk.
final class BoardFiles {
  private BoardFiles() {}

  /// What lies on the EFI system partition, by path.
  static SortedMap<String, Blob> of(Firmware firmware, Material material) {
    SortedMap<String, Blob> files = new TreeMap<>();
    firmware.folders().forEach(folder -> files.putAll(material.folder(folder)));
    firmware.files().forEach(file -> files.put(file.path(), material.file(file.file())));
    firmware.configTxt().ifPresent(text -> files.put("config.txt", Blob.of(text)));
    return files;
  }

  /// The disk with what firmware loads from between the partition table's header and its entries.
  static Blob place(Firmware firmware, Extents disk, GptTable table, Material material)
      throws UnfitInputException {
    if (firmware.raw().isEmpty()) {
      return disk;
    }
    Firmware.RawFile raw = firmware.raw().get();
    Blob content = material.file(raw.file());
    long end = raw.offset() + content.length();
    requireFree(table.geometry(), raw, content.length());
    return Extents.builder()
        .add(Blob.slice(disk, 0, raw.offset()))
        .add(content)
        .add(Blob.slice(disk, end, disk.length() - end))
        .build();
  }

  private static void requireFree(GptGeometry geometry, Firmware.RawFile raw, long length)
      throws UnfitInputException {
    SectorSize size = geometry.sectorSize();
    long from = size.offset(GptGeometry.PRIMARY_HEADER.plus(1));
    long to = size.offset(geometry.entries());
    if (raw.offset() < from || raw.offset() + length > to) {
      throw new UnfitInputException(
          "/%s has %d bytes for byte %d of the disk, where the partition table leaves %d to %d free"
              .formatted(raw.file().path(), length, raw.offset(), from, to));
    }
  }
}
