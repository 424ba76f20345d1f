package imageservice.formats.compress;

/// Whether content is so dense that compressing it would gain nothing: whatever is compressed or
/// encrypted already has all bytes about equally often.
final class Density {
  /// Bytes looked at, in so many runs.
  private static final int LOOKED_AT = 16 << 10;

  private static final int RUNS = 4;
  private static final int VALUES = 256;

  /// Pairs of bytes that are equal in random content.
  private static final long RANDOM = LOOKED_AT + (long) LOOKED_AT * LOOKED_AT / VALUES;

  private Density() {}

  static boolean isDense(byte[] content) {
    if (content.length < LOOKED_AT) {
      return false;
    }
    int[] counts = new int[VALUES];
    int run = LOOKED_AT / RUNS;
    for (int i = 0; i < RUNS; i++) {
      int from = (content.length - run) / (RUNS - 1) * i;
      for (int at = from; at < from + run; at++) {
        counts[content[at] & 0xFF]++;
      }
    }
    long pairs = 0;
    for (int count : counts) {
      pairs += (long) count * count;
    }
    return pairs - RANDOM < RANDOM / 50; // Huffman codes gain less than one percent of that
  }
}
