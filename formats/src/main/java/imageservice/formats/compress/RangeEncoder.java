package imageservice.formats.compress;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The range encoder of LZMA: adaptive bits of 11-bit probabilities.
final class RangeEncoder {
  private static final int PROBABILITY_BITS = 11;
  private static final int MOVE_BITS = 5;
  private static final long TOP = 1 << 24;
  private static final long MASK = 0xFFFF_FFFFL;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long low;
  private long range = MASK;
  private int cache;

  /// Bytes that wait for a carry: the cached one and as many of 0xFF as are more than it.
  private long waiting = 1;

  static short[] probabilities(int count) {
    short[] probabilities = new short[count];
    Arrays.fill(probabilities, (short) (1 << (PROBABILITY_BITS - 1)));
    return probabilities;
  }

  void bit(short[] probabilities, int index, int bit) {
    int probability = probabilities[index];
    long bound = (range >>> PROBABILITY_BITS) * probability;
    if (bit == 0) {
      range = bound;
      probability += ((1 << PROBABILITY_BITS) - probability) >>> MOVE_BITS;
    } else {
      low += bound;
      range -= bound;
      probability -= probability >>> MOVE_BITS;
    }
    probabilities[index] = (short) probability;
    normalize();
  }

  /// The highest bit first.
  void tree(short[] probabilities, int offset, int bits, int value) {
    int node = 1;
    for (int i = bits - 1; i >= 0; i--) {
      int bit = (value >>> i) & 1;
      bit(probabilities, offset + node, bit);
      node = (node << 1) | bit;
    }
  }

  /// The lowest bit first.
  void reverseTree(short[] probabilities, int offset, int bits, int value) {
    int node = 1;
    for (int i = 0; i < bits; i++) {
      int bit = (value >>> i) & 1;
      bit(probabilities, offset + node, bit);
      node = (node << 1) | bit;
    }
  }

  void direct(int bits, int value) {
    for (int i = bits - 1; i >= 0; i--) {
      range >>>= 1;
      low += ((value >>> i) & 1) == 0 ? 0 : range;
      normalize();
    }
  }

  /// Bytes so far that [#finish] will make at least.
  long size() {
    return out.size() + waiting;
  }

  byte[] finish() {
    for (int i = 0; i < 5; i++) {
      shiftLow();
    }
    return out.toByteArray();
  }

  private void normalize() {
    while (range < TOP) {
      range = (range << 8) & MASK;
      shiftLow();
    }
  }

  private void shiftLow() {
    if (low < 0xFF00_0000L || low > MASK) {
      int carry = (int) (low >>> 32);
      for (; waiting > 0; waiting--) {
        out.write(cache + carry);
        cache = 0xFF;
      }
      cache = (int) (low >>> 24) & 0xFF;
    }
    waiting++;
    low = (low << 8) & MASK;
  }
}
