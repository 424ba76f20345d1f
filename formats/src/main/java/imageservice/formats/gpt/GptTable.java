package imageservice.formats.gpt;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Guid;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A disk's GUID partition table.
///
/// @param entries by partition number − 1, from the first entry of the array on
public record GptTable(GptGeometry geometry, Guid disk, List<GptEntry> entries) {
  public GptTable {
    entries = List.copyOf(entries);
    if (entries.size() > geometry.entryCount()) {
      throw new IllegalArgumentException(
          "%d partitions in %d entries".formatted(entries.size(), geometry.entryCount()));
    }
    requireApart(geometry, entries);
    Set<Guid> unique = new HashSet<>();
    for (GptEntry entry : entries) {
      if (!unique.add(entry.unique())) {
        throw new IllegalArgumentException("two partitions with GUID " + entry.unique());
      }
    }
  }

  /// A partition to be placed; of the rest of the disk where `sectors` is {@link #REST}.
  public record NewPartition(Guid type, Guid unique, long sectors, long attributes, String name) {
    /// Up to the last aligned usable sector.
    public static final long REST = -1;
  }

  /// Places partitions one after the other at multiples of the geometry's alignment.
  public static GptTable of(GptGeometry geometry, Guid disk, List<NewPartition> wanted) {
    List<GptEntry> entries = new ArrayList<>();
    long next = geometry.firstUsable().value();
    for (NewPartition partition : wanted) {
      long start = Alignment.roundUp(next, geometry.alignment());
      long sectors =
          partition.sectors() == NewPartition.REST ? rest(geometry, start) : partition.sectors();
      next = start + sectors;
      entries.add(
          new GptEntry(
              partition.type(),
              partition.unique(),
              new Lba(start),
              new Lba(next - 1),
              partition.attributes(),
              partition.name()));
    }
    return new GptTable(geometry, disk, entries);
  }

  /// The primary header's sector.
  public byte[] primaryHeader() {
    return headerSector(GptGeometry.PRIMARY_HEADER, geometry.last(), geometry.entries());
  }

  /// The last sector of the disk.
  public byte[] backupHeader() {
    return headerSector(geometry.last(), GptGeometry.PRIMARY_HEADER, geometry.backupEntries());
  }

  /// The entry array, whole sectors: the same in both places.
  public byte[] entryArray() {
    byte[] array = usedArray();
    int length = Math.toIntExact(geometry.arraySectors() * geometry.sectorSize().bytes());
    return Arrays.copyOf(array, length);
  }

  /// The disk from its first byte to the first usable sector.
  public Extents primary(byte[] mbr) {
    SectorSize size = geometry.sectorSize();
    return Extents.builder()
        .add(mbr)
        .zerosTo(size.offset(GptGeometry.PRIMARY_HEADER))
        .add(primaryHeader())
        .zerosTo(size.offset(geometry.entries()))
        .add(entryArray())
        .zerosTo(size.offset(geometry.firstUsable()))
        .build();
  }

  /// The disk from the backup array to its last byte: entries, then the header.
  public Extents backup() {
    return Extents.builder().add(entryArray()).add(backupHeader()).build();
  }

  /// The whole disk.
  ///
  /// @param contents of the partitions, by partition number − 1; shorter ones are followed by zeros
  public Extents encode(byte[] mbr, List<? extends Blob> contents) {
    if (contents.size() != entries.size()) {
      throw new IllegalArgumentException(
          "%d contents for %d partitions".formatted(contents.size(), entries.size()));
    }
    SectorSize size = geometry.sectorSize();
    Extents.Builder out = Extents.builder().add(primary(mbr));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(i -> entries.get(i).first()));
    for (int i : order) {
      GptEntry entry = entries.get(i);
      long room = Math.multiplyExact(entry.sectors(), size.bytes());
      if (contents.get(i).length() > room) {
        throw new IllegalArgumentException(
            "%d bytes for partition %s of %d"
                .formatted(contents.get(i).length(), entry.name(), room));
      }
      out.zerosTo(size.offset(entry.first())).add("partition " + entry.name(), contents.get(i));
    }
    return out.zerosTo(size.offset(geometry.backupEntries())).add(backup()).build();
  }

  private static long rest(GptGeometry geometry, long start) {
    long lastUsable = geometry.lastUsable().value();
    return lastUsable - lastUsable % geometry.alignment() - start;
  }

  private static void requireApart(GptGeometry geometry, List<GptEntry> entries) {
    Lba free = geometry.firstUsable();
    List<GptEntry> order = new ArrayList<>(entries);
    order.sort(Comparator.comparing(GptEntry::first));
    for (GptEntry entry : order) {
      if (entry.first().compareTo(free) < 0 || entry.last().compareTo(geometry.lastUsable()) > 0) {
        throw new IllegalArgumentException(
            "partition %s from sector %d to %d, free are %d to %d"
                .formatted(
                    entry.name(),
                    entry.first().value(),
                    entry.last().value(),
                    free.value(),
                    geometry.lastUsable().value()));
      }
      free = entry.last().plus(1);
    }
  }

  private byte[] headerSector(Lba my, Lba alternate, Lba array) {
    byte[] header =
        new GptHeader(
                my,
                alternate,
                geometry.firstUsable(),
                geometry.lastUsable(),
                disk,
                array,
                geometry.entryCount(),
                GptHeader.crc32(usedArray()))
            .toBytes();
    return Arrays.copyOf(header, geometry.sectorSize().bytes());
  }

  private byte[] usedArray() {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    entries.forEach(entry -> array.writeBytes(entry.toBytes()));
    return Arrays.copyOf(array.toByteArray(), geometry.entryCount() * GptEntry.SIZE);
  }
}
