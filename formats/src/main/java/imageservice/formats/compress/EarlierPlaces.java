package imageservice.formats.compress;

import java.util.Arrays;

/// Earlier places in a content that may begin with the same three bytes as a later one, found by a
/// hash of these.
final class EarlierPlaces {
  static final int MIN_MATCH = 3;

  /// Bytes that deflate refers back: RFC 1951, section 2.
  private static final int WINDOW = 32 << 10;

  private static final int HASH_BITS = 16;

  private final byte[] content;

  /// Last place of each hash, and the place before it of the same hash, or -1.
  private final int[] last = new int[1 << HASH_BITS];

  private final int[] before;

  EarlierPlaces(byte[] content) {
    this.content = content;
    this.before = new int[content.length];
    Arrays.fill(last, -1);
  }

  /// Puts the places that have the position's hash into `found`, the nearest first, as many as it
  /// has room for, and returns how many. The position is an earlier one of those behind it then.
  int find(int position, int[] found) {
    int count = 0;
    int place = enter(position);
    while (count < found.length && place >= 0 && position - place <= WINDOW) {
      found[count++] = place;
      place = before[place];
    }
    return count;
  }

  /// Makes a position an earlier place of those behind it. Positions are entered in their order.
  ///
  /// @return the last place with the same hash, or -1
  int enter(int position) {
    if (position + MIN_MATCH > content.length) {
      return -1;
    }
    int hash = hash(position);
    int place = last[hash];
    before[position] = place;
    last[hash] = position;
    return place;
  }

  private int hash(int position) {
    int three =
        ((content[position] & 0xFF) << 16)
            | ((content[position + 1] & 0xFF) << 8)
            | (content[position + 2] & 0xFF);
    return (three * 0x9E37_79B1) >>> (32 - HASH_BITS);
  }
}
