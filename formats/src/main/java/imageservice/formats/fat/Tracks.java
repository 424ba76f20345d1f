package imageservice.formats.fat;

/// The disk geometry that memory card readers and `mkfs.fat` assume for a number of sectors.
record Tracks(int heads, int sectors) {
  static Tracks of(long total) {
    if (total < 8_192) {
      return new Tracks(2, 16);
    }
    return total <= 524_288
        ? new Tracks(total <= 32_768 ? 2 : total <= 65_536 ? 4 : total <= 262_144 ? 8 : 16, 32)
        : new Tracks(large(total), 63);
  }

  /// The largest number of whole tracks, in sectors.
  long whole(long total) {
    return total - total % sectors;
  }

  private static int large(long total) {
    int heads = 16;
    for (long reach = 1_032_192; heads <= 128 && total > reach; reach *= 2) {
      heads *= 2;
    }
    return Math.min(heads, 255);
  }
}
