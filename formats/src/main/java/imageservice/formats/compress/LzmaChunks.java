package imageservice.formats.compress;

import imageservice.formats.struct.Struct;

/// One chunk of LZMA2 for a run of zeros. Encoders would repeat the byte before; here the matches
/// have a distance of 512 bytes, which decoders copy about six times as fast.
final class LzmaZeros {
  /// What one chunk can hold: 2 MiB.
  static final int MAX = 2 << 20;

  /// Resets dictionary, state and properties; the lowest five bits belong to the size.
  private static final int CONTROL = 0xE0;

  private static final int POSITION_BITS = 2;
  private static final int PROPERTIES = (POSITION_BITS * 5 + 0) * 9 + 3; // pb 2, lp 0, lc 3
  private static final int STATES = 12;
  private static final int POSITIONS = 1 << POSITION_BITS;
  private static final int DISTANCE = 512;
  private static final int MIN_MATCH = 2;
  private static final int MAX_MATCH = 273;

  private final RangeEncoder coder = new RangeEncoder();
  private final short[] isMatch = RangeEncoder.probabilities(STATES * POSITIONS);
  private final short[] isRep = RangeEncoder.probabilities(STATES);
  private final short[] isRep0 = RangeEncoder.probabilities(STATES);
  private final short[] isRep0Long = RangeEncoder.probabilities(STATES * POSITIONS);
  private final short[] literal = RangeEncoder.probabilities(0x100);
  private final Lengths matchLengths = new Lengths();
  private final Lengths repLengths = new Lengths();
  private final short[] slots = RangeEncoder.probabilities(4 * 64);
  private final short[] align = RangeEncoder.probabilities(16);
  private int state;
  private int position;

  private LzmaZeros() {}

  static byte[] chunk(int length) {
    byte[] data = new LzmaZeros().encode(length);
    int size = length - 1;
    return Struct.bigEndian(6 + data.length)
        .u8("control, uncompressed size 16..20", CONTROL | (size >>> 16))
        .u16("uncompressed size 0..15", size & 0xFFFF)
        .u16("compressed size", data.length - 1)
        .u8("properties", PROPERTIES)
        .bytes("data", data)
        .toBytes();
  }

  private byte[] encode(int length) {
    literal();
    while (position < length) {
      boolean near = position < DISTANCE;
      int count = Math.min(MAX_MATCH, (near ? DISTANCE : length) - position);
      count = Math.min(count, length - position);
      if (count < MIN_MATCH) {
        shortRep();
      } else if (position == 1) {
        match(1, count);
      } else if (position == DISTANCE) {
        match(DISTANCE, count);
      } else {
        rep(count);
      }
    }
    return coder.finish();
  }

  private void literal() {
    coder.bit(isMatch, at(), 0);
    coder.tree(literal, 0, 8, 0);
    position++;
  }

  private void match(int distance, int length) {
    coder.bit(isMatch, at(), 1);
    coder.bit(isRep, state, 0);
    matchLengths.encode(length);
    distance(distance - 1, Math.min(length - MIN_MATCH, 3));
    moved(length, 7, 10);
  }

  private void distance(int distance, int lengthState) {
    if (distance == 0) {
      coder.tree(slots, lengthState * 64, 6, 0);
      return;
    }
    int highest = 31 - Integer.numberOfLeadingZeros(distance);
    int slot = (highest << 1) | ((distance >>> (highest - 1)) & 1);
    coder.tree(slots, lengthState * 64, 6, slot);
    // Of slots from 14 on, four bits are modelled and the others are not.
    int rest = distance - ((2 | (slot & 1)) << (highest - 1));
    coder.direct(highest - 1 - 4, rest >>> 4);
    coder.reverseTree(align, 4, rest & 0xF);
  }

  private void rep(int length) {
    coder.bit(isMatch, at(), 1);
    coder.bit(isRep, state, 1);
    coder.bit(isRep0, state, 0);
    coder.bit(isRep0Long, at(), 1);
    repLengths.encode(length);
    moved(length, 8, 11);
  }

  private void shortRep() {
    coder.bit(isMatch, at(), 1);
    coder.bit(isRep, state, 1);
    coder.bit(isRep0, state, 0);
    coder.bit(isRep0Long, at(), 0);
    moved(1, 9, 11);
  }

  private void moved(int length, int afterLiteral, int afterMatch) {
    state = state < 7 ? afterLiteral : afterMatch;
    position += length;
  }

  private int at() {
    return state * POSITIONS + (position & (POSITIONS - 1));
  }

  private final class Lengths {
    private final short[] choice = RangeEncoder.probabilities(2);
    private final short[] low = RangeEncoder.probabilities(POSITIONS * 8);
    private final short[] middle = RangeEncoder.probabilities(POSITIONS * 8);
    private final short[] high = RangeEncoder.probabilities(256);

    void encode(int length) {
      int over = length - MIN_MATCH;
      int offset = (position & (POSITIONS - 1)) * 8;
      coder.bit(choice, 0, over < 8 ? 0 : 1);
      if (over < 8) {
        coder.tree(low, offset, 3, over);
        return;
      }
      coder.bit(choice, 1, over < 16 ? 0 : 1);
      if (over < 16) {
        coder.tree(middle, offset, 3, over - 8);
      } else {
        coder.tree(high, 0, 8, over - 16);
      }
    }
  }
}
