package imageservice.formats.fat;

/// A file allocation table in the making. Only the entries up to the last used cluster exist; the
/// rest of a table is zeros.
final class FatTable {
  /// Number of the first cluster.
  static final int FIRST = 2;

  private final FatType type;
  private final byte[] bytes;
  private long next = FIRST;

  /// @param clusters that will be allocated
  FatTable(FatType type, int media, long clusters) {
    this.type = type;
    this.bytes = new byte[Math.toIntExact(type.tableLength(clusters))];
    put(0, (endOfChain() & ~0xFF) | media);
    put(1, endOfChain());
  }

  /// Chains the next `count` clusters; answers the first one, or 0 for none.
  long allocate(long count) {
    if (count == 0) {
      return 0;
    }
    long first = next;
    next += count;
    for (long cluster = first; cluster < next - 1; cluster++) {
      put(cluster, cluster + 1);
    }
    put(next - 1, endOfChain());
    return first;
  }

  long allocated() {
    return next - FIRST;
  }

  /// The cluster that was allocated last; 2 where none was.
  long lastAllocated() {
    return Math.max(FIRST, next - 1);
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  /// Every reader's mark: all bits, of which FAT32 has 28.
  private long endOfChain() {
    return switch (type) {
      case FAT12 -> 0xFFF;
      case FAT16 -> 0xFFFF;
      case FAT32 -> 0x0FFF_FFFF;
    };
  }

  private void put(long cluster, long value) {
    int bit = Math.toIntExact(Math.multiplyExact(cluster, (long) type.bits()) % 8);
    int at = Math.toIntExact(cluster * type.bits() / 8);
    long shifted = value << bit;
    for (int done = 0; done < type.bits() + bit; done += 8) {
      bytes[at++] |= (byte) (shifted >>> done);
    }
  }
}
