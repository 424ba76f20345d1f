package imageservice.formats.fat;

/// The width of a FAT's entries, which readers take from the number of clusters.
public enum FatType {
  FAT12(12, 1, 4_084),
  FAT16(16, 4_085, 65_524),
  FAT32(32, 65_525, 0x0FFF_FFF5);

  private final int bits;
  private final int minClusters;
  private final int maxClusters;

  FatType(int bits, int minClusters, int maxClusters) {
    this.bits = bits;
    this.minClusters = minClusters;
    this.maxClusters = maxClusters;
  }

  int bits() {
    return bits;
  }

  /// The type that readers see in so many clusters.
  static FatType ofClusters(long clusters) {
    if (clusters <= FAT12.maxClusters) {
      return FAT12;
    }
    return clusters <= FAT16.maxClusters ? FAT16 : FAT32;
  }

  boolean holds(long clusters) {
    return clusters >= minClusters && clusters <= maxClusters;
  }

  /// FAT32 may have fewer clusters where they are of one sector, as small as can be: its boot
  /// sector names it too, by which Linux, EDK II and `fsck.fat` go, and which the latter warns of.
  void requireClusters(long clusters, ClusterSize size) {
    boolean small = this == FAT32 && size.sectors() == 1 && clusters > 0 && clusters < minClusters;
    if (!small && !holds(clusters)) {
      throw new IllegalArgumentException(
          "%d clusters in %s, readers expect %d to %d and would take this for %s"
              .formatted(clusters, this, minClusters, maxClusters, ofClusters(clusters)));
    }
  }

  /// Bytes of a table for so many clusters and the two entries before them.
  long tableLength(long clusters) {
    return Math.ceilDiv((clusters + 2) * bits, 8L);
  }
}
