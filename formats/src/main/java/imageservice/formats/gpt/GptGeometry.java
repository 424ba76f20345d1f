package imageservice.formats.gpt;

import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Alignment;

/// Where the structures of a GPT lie, and where partitions may.
///
/// @param sectorSize 512 or 4096 bytes: what disks have
/// @param sectors of the whole disk
/// @param entryCount entries in the array, used or not
/// @param entries where the primary array starts; the backup array lies right before the backup
///   header, which is the disk's last sector
/// @param firstUsable first sector for partitions
/// @param alignment of partition starts, in sectors
public record GptGeometry(
    SectorSize sectorSize,
    long sectors,
    int entryCount,
    Lba entries,
    Lba firstUsable,
    long alignment) {
  public static final Lba PRIMARY_HEADER = new Lba(1);

  /// What UEFI 2.10, 5.3.1 asks for at least: 16 KiB.
  public static final int STANDARD_ENTRIES = 128;

  private static final long MIB = 1 << 20;

  public GptGeometry {
    require(
        sectorSize.equals(SectorSize.OF_512) || sectorSize.equals(SectorSize.OF_4096),
        "sectors of " + sectorSize.bytes() + " bytes");
    require(entryCount >= 1 && entryCount <= 1024, entryCount + " entries");
    require(alignment >= 1, "alignment of " + alignment + " sectors");
    require(entries.value() > 1, "entry array in sector " + entries.value());
    long arrayEnd = entries.value() + arraySectors(sectorSize, entryCount);
    require(
        firstUsable.value() >= arrayEnd,
        "first usable sector %d, the entry array ends before %d"
            .formatted(firstUsable.value(), arrayEnd));
    long lastUsable = sectors - arraySectors(sectorSize, entryCount) - 2;
    require(
        lastUsable >= firstUsable.value(),
        "disk of %d sectors, the first usable is %d, the last %d"
            .formatted(sectors, firstUsable.value(), lastUsable));
  }

  /// A disk with 128 entries and partitions at multiples of 1 MiB.
  ///
  /// @param skip sectors to leave free between header and entry array, for firmware that a board
  ///   reads from there
  public static GptGeometry disk(SectorSize sectorSize, long sectors, long skip) {
    long alignment = sectorSize.sectors(MIB);
    Lba entries = new Lba(2 + skip);
    long end = entries.value() + arraySectors(sectorSize, STANDARD_ENTRIES);
    Lba firstUsable = new Lba(Alignment.roundUp(end, alignment));
    return new GptGeometry(sectorSize, sectors, STANDARD_ENTRIES, entries, firstUsable, alignment);
  }

  public Lba last() {
    return new Lba(sectors - 1);
  }

  public Lba lastUsable() {
    return backupEntries().plus(-1);
  }

  public Lba backupEntries() {
    return last().plus(-arraySectors());
  }

  public long arraySectors() {
    return arraySectors(sectorSize, entryCount);
  }

  private static long arraySectors(SectorSize sectorSize, int entryCount) {
    return sectorSize.sectors((long) entryCount * GptEntry.SIZE);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
