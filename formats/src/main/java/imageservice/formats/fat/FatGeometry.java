package imageservice.formats.fat;

import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.struct.Alignment;
import java.util.stream.IntStream;

/// The sizes and places of a file system's regions, in sectors: reserved, two FATs, the root
/// directory (none for FAT32, where it is a chain of clusters), clusters.
///
/// @param sectors of the file system; a partition may be larger
/// @param fatSectors of each of the two FATs
/// @param rootEntries of 32 bytes; 0 for FAT32
/// @param media descriptor: 0xF8 for disks, 0xF0 for removable media
/// @param sectorsPerTrack as BIOS calls count, like `heads`
/// @param drive number: 0x80 for disks, 0 for removable media
public record FatGeometry(
    FatType type,
    SectorSize sectorSize,
    long sectors,
    ClusterSize clusterSize,
    int reservedSectors,
    long fatSectors,
    int rootEntries,
    int media,
    int sectorsPerTrack,
    int heads,
    int drive) {
  static final int FATS = 2;

  private static final int ENTRY = 32;
  private static final long MIB = 1 << 20;

  /// Sectors of 2.88 MB, and of a cylinder of such a disk.
  private static final long FLOPPY = 5760;

  private static final long CYLINDER = 72;

  public FatGeometry {
    if (type == FatType.FAT32 && (reservedSectors < 9 || rootEntries != 0)) {
      throw new IllegalArgumentException(
          "FAT32 with %d reserved sectors and %d root entries"
              .formatted(reservedSectors, rootEntries));
    }
    if (reservedSectors < 1 || rootEntries * ENTRY % sectorSize.bytes() != 0) {
      throw new IllegalArgumentException(
          "%d reserved sectors, %d root entries".formatted(reservedSectors, rootEntries));
    }
    if (sectors > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(sectors + " sectors do not fit 32 bits");
    }
    long rest = sectors - reservedSectors - FATS * fatSectors;
    long clusters =
        Math.floorDiv(rest - rootEntries * ENTRY / sectorSize.bytes(), clusterSize.sectors());
    type.requireClusters(clusters, clusterSize);
    if (type.tableLength(clusters) > fatSectors * sectorSize.bytes()) {
      throw new IllegalArgumentException(
          "FATs of %d sectors are too small for %d clusters".formatted(fatSectors, clusters));
    }
  }

  /// What `mkfs.fat` makes of a disk: whole tracks, regions aligned to clusters, FAT32 in clusters
  /// of 8 sectors above 260 MiB and of 1 below, or where 8 leave too few for FAT32.
  ///
  /// @param length of the partition in bytes
  public static FatGeometry disk(FatType type, SectorSize sectorSize, long length) {
    return clusterSizes(type, length)
        .mapToObj(size -> draft(type, sectorSize, length, new ClusterSize(size)))
        .filter(draft -> type.holds(draft.clusters()))
        .findFirst()
        .orElseGet(() -> draft(type, sectorSize, length, new ClusterSize(1)))
        .geometry();
  }

  /// What `mkfs.fat` makes of a disk with clusters of a given size.
  public static FatGeometry disk(
      FatType type, SectorSize sectorSize, long length, ClusterSize clusterSize) {
    return draft(type, sectorSize, length, clusterSize).geometry();
  }

  /// A 2.88 MB floppy disk image as El Torito boot images are, grown by whole cylinders, and then
  /// in larger clusters, where the contents need more.
  public static FatGeometry bootImage(FatDirectory root) {
    for (int size = 2; size <= 128; size *= 2) {
      ClusterSize clusterSize = new ClusterSize(size);
      long needed = FatTree.of(root).clusters(size * SectorSize.OF_512.bytes());
      long sectors = FLOPPY;
      while (floppy(sectors, clusterSize).clusters() < needed) {
        long missing = needed - floppy(sectors, clusterSize).clusters();
        sectors += Alignment.roundUp(missing * size, CYLINDER);
      }
      if (FatType.FAT12.holds(floppy(sectors, clusterSize).clusters())) {
        return floppy(sectors, clusterSize).geometry();
      }
    }
    throw new IllegalArgumentException("the contents are too large for a FAT12 boot image");
  }

  /// Bytes of the file system.
  public long length() {
    return sectors * sectorSize.bytes();
  }

  public long clusters() {
    return (sectors - data().value()) / clusterSize.sectors();
  }

  int clusterBytes() {
    return clusterSize.sectors() * sectorSize.bytes();
  }

  /// Where one of the FATs starts.
  ///
  /// @param number from 0
  Lba fat(int number) {
    return new Lba(reservedSectors + number * fatSectors);
  }

  /// Where the root directory of FAT12 and FAT16 starts.
  Lba root() {
    return fat(FATS);
  }

  /// Where cluster 2, the first one, starts.
  Lba data() {
    return root().plus(rootEntries * ENTRY / sectorSize.bytes());
  }

  /// Where a cluster starts.
  ///
  /// @param number from 2, as FATs count
  Lba cluster(long number) {
    return data().plus((number - FatTable.FIRST) * clusterSize.sectors());
  }

  /// In the order of preference.
  private static IntStream clusterSizes(FatType type, long length) {
    return switch (type) {
      case FAT12, FAT16 -> IntStream.of(4, 8, 16, 32, 64, 128, 2, 1);
      case FAT32 -> {
        long mib = Math.ceilDiv(length, MIB);
        int size = 64;
        for (long limit = 32 << 10; size > 8 && mib < limit; limit /= 2) {
          size /= 2;
        }
        yield mib > 260 ? IntStream.of(size, 1) : IntStream.of(1);
      }
    };
  }

  private static Draft floppy(long sectors, ClusterSize clusterSize) {
    return new Draft(
        FatType.FAT12, SectorSize.OF_512, sectors, clusterSize, 1, 240, 1, 0xF0, 36, 2, 0);
  }

  private static Draft draft(
      FatType type, SectorSize sectorSize, long length, ClusterSize clusterSize) {
    Tracks tracks = Tracks.of(length / sectorSize.bytes());
    long sectors = tracks.whole(length / sectorSize.bytes());
    int unit = length / sectorSize.bytes() > 8192 ? clusterSize.sectors() : 1;
    boolean fat32 = type == FatType.FAT32;
    long rootSectors = fat32 ? 0 : Math.ceilDiv(512 * ENTRY, sectorSize.bytes());
    return new Draft(
        type,
        sectorSize,
        sectors,
        clusterSize,
        Math.toIntExact(Alignment.roundUp(fat32 ? 32 : 1, unit)),
        Math.toIntExact(Alignment.roundUp(rootSectors, unit) * sectorSize.bytes() / ENTRY),
        unit,
        0xF8,
        tracks.sectors(),
        tracks.heads(),
        0x80);
  }

  /// A geometry whose FATs have no size yet.
  ///
  /// @param unit the FATs' sizes are a multiple of, in sectors
  private record Draft(
      FatType type,
      SectorSize sectorSize,
      long sectors,
      ClusterSize clusterSize,
      int reservedSectors,
      int rootEntries,
      int unit,
      int media,
      int sectorsPerTrack,
      int heads,
      int drive) {
    long clusters() {
      return Math.floorDiv(room() - FATS * fatSectors(), clusterSize.sectors());
    }

    /// Every cluster takes its own bytes and those of its entry in each FAT.
    long fatSectors() {
      long half = type.bits() / 4;
      long cluster = (long) clusterSize.sectors() * sectorSize.bytes();
      long clusters = (room() * sectorSize.bytes() + 2 * half) / (cluster + half);
      long sectors = Math.ceilDiv(type.tableLength(clusters), (long) sectorSize.bytes());
      return Alignment.roundUp(sectors, unit);
    }

    /// Sectors for FATs and clusters.
    private long room() {
      long root = (long) rootEntries * ENTRY / sectorSize.bytes();
      return Math.max(0, sectors - reservedSectors - root);
    }

    FatGeometry geometry() {
      return new FatGeometry(
          type,
          sectorSize,
          sectors,
          clusterSize,
          reservedSectors,
          fatSectors(),
          rootEntries,
          media,
          sectorsPerTrack,
          heads,
          drive);
    }
  }
}
