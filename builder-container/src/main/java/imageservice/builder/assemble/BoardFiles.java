package imageservice.builder.assemble;

import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.gpt.GptEntry;
import imageservice.formats.gpt.GptGeometry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.medium.SectorSize;
import imageservice.plan.Firmware;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a board needs on a disk.
///
/// @param skip sectors between the header of the partition table and its entries
/// @param raw what firmware loads from outside of partitions, in the order of its places
/// @param files of the EFI system partition, by path
record BoardFiles(int skip, List<Raw> raw, SortedMap<String, Blob> files) {
  /// @param source for messages
  /// @param offset on the disk, in bytes
  record Raw(String source, long offset, Blob content) {
    long end() {
      return offset + content.length();
    }
  }

  /// Bytes of a disk that are somebody's.
  private record Taken(String owner, long from, long to) {}

  private static final String TABLE = "the partition table";

  static BoardFiles of(Firmware firmware, Material material) {
    return switch (firmware) {
      case Firmware.Listed listed -> listed(listed, material);
      case Firmware.ByProgram byProgram ->
          installed(byProgram.program().overlay(), material.installed(byProgram));
    };
  }

  private static BoardFiles listed(Firmware.Listed firmware, Material material) {
    SortedMap<String, Blob> files = new TreeMap<>();
    firmware.folders().forEach(folder -> files.putAll(material.folder(folder)));
    firmware.files().forEach(file -> files.put(file.path(), material.file(file.file())));
    firmware.configTxt().ifPresent(text -> files.put("config.txt", Blob.of(text)));
    List<Raw> raw =
        firmware.raw().stream()
            .map(file ->
                new Raw("/" + file.file().path(), file.offset(), material.file(file.file())))
            .toList();
    return new BoardFiles(firmware.skip(), raw, files);
  }

  private static BoardFiles installed(String overlay, InstalledFirmware firmware) {
    List<Raw> raw = new ArrayList<>();
    firmware
        .raw()
        .forEach((offset, content) ->
            raw.add(new Raw("what overlay \"" + overlay + "\" wrote", offset, content)));
    return new BoardFiles(firmware.skip(), raw, firmware.files());
  }

  /// The disk with what firmware loads from outside of partitions.
  Blob place(Extents disk, GptTable table) throws UnfitInputException {
    List<Taken> taken = taken(table);
    Extents.Builder out = Extents.builder();
    for (Raw each : raw) {
      requireFree(each, taken);
      out.add(Blob.slice(disk, out.position(), each.offset() - out.position()));
      out.add(each.content());
    }
    return out.add(Blob.slice(disk, out.position(), disk.length() - out.position())).build();
  }

  private static void requireFree(Raw raw, List<Taken> taken) throws UnfitInputException {
    for (Taken range : taken) {
      if (raw.offset() < range.to() && raw.end() > range.from()) {
        throw new UnfitInputException(
            "%s has %d bytes for byte %d of the disk, of which bytes %d to %d are for %s"
                .formatted(
                    raw.source(),
                    raw.content().length(),
                    raw.offset(),
                    range.from(),
                    range.to() - 1,
                    range.owner()));
      }
    }
  }

  private static List<Taken> taken(GptTable table) {
    GptGeometry geometry = table.geometry();
    SectorSize size = geometry.sectorSize();
    long entries = size.offset(geometry.entries());
    List<Taken> taken = new ArrayList<>();
    taken.add(new Taken(TABLE, 0, size.offset(GptGeometry.PRIMARY_HEADER.plus(1))));
    taken.add(new Taken(TABLE, entries, entries + geometry.arraySectors() * size.bytes()));
    for (GptEntry entry : table.entries()) {
      taken.add(
          new Taken(
              "partition " + entry.name(),
              size.offset(entry.first()),
              size.offset(entry.last().plus(1))));
    }
    taken.add(
        new Taken(TABLE, size.offset(geometry.backupEntries()), geometry.sectors() * size.bytes()));
    return taken;
  }
}
