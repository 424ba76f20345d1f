package imageservice.formats.fat;

/// Sectors in a cluster: a power of two up to 128.
public record ClusterSize(int sectors) {
  public ClusterSize {
    if (sectors < 1 || sectors > 128 || Integer.bitCount(sectors) != 1) {
      throw new IllegalArgumentException("clusters of " + sectors + " sectors");
    }
  }
}
