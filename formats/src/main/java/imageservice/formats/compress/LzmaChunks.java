package imageservice.formats.compress;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;

/// Chunks of LZMA2 that are compressed, the first of which resets dictionary, state and properties.
/// A content is coded by the steps of [Matches]; of earlier distances only the last is repeated.
final class LzmaChunks {
  /// What one chunk decodes to at most, and this encoder takes at once: 2 MiB.
  static final int MAX = 2 << 20;

  /// Resets dictionary, state and properties, and nothing; the lowest five bits belong to the size.
  private static final int RESET_ALL = 0xE0;

  private static final int RESET_NOTHING = 0x80;

  /// Bytes of data after which a chunk is ended: it can have 64 KiB, and one step takes few.
  private static final int FULL = (64 << 10) - 64;

  private static final int LITERAL_BITS = 3; // of the byte before a literal, which choose its model
  private static final int POSITION_BITS = 2;
  private static final int PROPERTIES = (POSITION_BITS * 5 + 0) * 9 + LITERAL_BITS; // lp 0
  private static final int STATES = 12;
  private static final int FIRST_STATE_AFTER_MATCH = 7;
  private static final int POSITIONS = 1 << POSITION_BITS;
  private static final int LITERAL_MODEL = 0x300;
  private static final int MIN_MATCH = 2;
  private static final int MAX_MATCH = 273;

  /// Bits of a distance that are modelled together: the lowest of far ones, all of near ones.
  private static final int ALIGN_BITS = 4;

  private static final int FIRST_FAR_SLOT = 14;

  /// The distance of matches in zeros. Encoders would repeat the byte before; decoders copy 512
  /// bytes back about six times as fast.
  private static final int ZEROS_DISTANCE = 512;

  private final byte[] content;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private RangeEncoder coder = new RangeEncoder();
  private final short[] isMatch = RangeEncoder.probabilities(STATES * POSITIONS);
  private final short[] isRep = RangeEncoder.probabilities(STATES);
  private final short[] isRep0 = RangeEncoder.probabilities(STATES);
  private final short[] isRep0Long = RangeEncoder.probabilities(STATES * POSITIONS);
  private final short[] literals = RangeEncoder.probabilities(LITERAL_MODEL << LITERAL_BITS);
  private final Lengths matchLengths = new Lengths();
  private final Lengths repLengths = new Lengths();
  private final short[] slots = RangeEncoder.probabilities(4 * 64);
  private final short[] near = RangeEncoder.probabilities(1 << (FIRST_FAR_SLOT / 2));
  private final short[] align = RangeEncoder.probabilities(1 << ALIGN_BITS);
  private int state;
  private int position;
  private int lastDistance = 1;

  /// Where the chunk begins in the content.
  private int start;

  private LzmaChunks(byte[] content) {
    if (content.length == 0 || content.length > MAX) {
      throw new IllegalArgumentException(content.length + " bytes");
    }
    this.content = content;
  }

  /// Any content.
  static byte[] of(byte[] content) {
    LzmaChunks chunks = new LzmaChunks(content);
    for (int step : Matches.of(content, Matches.FEW)) {
      if (Matches.isMatch(step)) {
        chunks.match(Matches.distanceLessOne(step) + 1, Matches.length(step));
      } else {
        chunks.literal();
      }
    }
    chunks.end();
    return chunks.out.toByteArray();
  }

  static byte[] ofZeros(int length) {
    LzmaChunks chunks = new LzmaChunks(new byte[length]);
    chunks.literal();
    chunks.repeat(1, Math.min(length, ZEROS_DISTANCE));
    chunks.repeat(ZEROS_DISTANCE, length);
    chunks.end();
    return chunks.out.toByteArray();
  }

  private void repeat(int distance, int end) {
    while (position < end) {
      int count = Math.min(MAX_MATCH, end - position);
      if (count < MIN_MATCH) {
        literal();
      } else {
        match(distance, count);
      }
    }
  }

  private void literal() {
    int value = content[position] & 0xFF;
    boolean afterMatch = state >= FIRST_STATE_AFTER_MATCH;
    if (afterMatch && content[position - lastDistance] == content[position]) {
      shortRep();
      return;
    }
    coder.bit(isMatch, at(), 0);
    int before = position == 0 ? 0 : content[position - 1] & 0xFF;
    int model = LITERAL_MODEL * (before >> (Byte.SIZE - LITERAL_BITS));
    if (afterMatch) {
      unlike(model, value, content[position - lastDistance] & 0xFF);
    } else {
      coder.tree(literals, model, Byte.SIZE, value);
    }
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    moved(1);
  }

  /// A literal where the last match could have gone on, but for this byte: `expected` is coded
  /// along up to the first bit that differs.
  private void unlike(int model, int value, int expected) {
    int node = 1;
    boolean alike = true;
    for (int i = Byte.SIZE - 1; i >= 0; i--) {
      int bit = (value >> i) & 1;
      int expectedBit = (expected >> i) & 1;
      coder.bit(literals, model + (alike ? 0x100 << expectedBit : 0) + node, bit);
      alike &= bit == expectedBit;
      node = (node << 1) | bit;
    }
  }

  private void match(int distance, int length) {
    coder.bit(isMatch, at(), 1);
    boolean again = distance == lastDistance;
    coder.bit(isRep, state, again ? 1 : 0);
    if (again) {
      coder.bit(isRep0, state, 0);
      coder.bit(isRep0Long, at(), 1);
      repLengths.encode(length);
    } else {
      matchLengths.encode(length);
      distance(distance - 1, Math.min(length - MIN_MATCH, 3));
      lastDistance = distance;
    }
    boolean afterMatch = state >= FIRST_STATE_AFTER_MATCH;
    state = again ? (afterMatch ? 11 : 8) : (afterMatch ? 10 : 7);
    moved(length);
  }

  private void shortRep() {
    coder.bit(isMatch, at(), 1);
    coder.bit(isRep, state, 1);
    coder.bit(isRep0, state, 0);
    coder.bit(isRep0Long, at(), 0);
    state = 11; // short ones are taken after matches alone
    moved(1);
  }

  private void distance(int distance, int lengthState) {
    if (distance < 4) {
      coder.tree(slots, lengthState * 64, 6, distance);
      return;
    }
    int bits = 30 - Integer.numberOfLeadingZeros(distance); // without the two highest
    int slot = 2 * (bits + 1) + ((distance >>> bits) & 1);
    coder.tree(slots, lengthState * 64, 6, slot);
    int base = (2 | (slot & 1)) << bits;
    if (slot < FIRST_FAR_SLOT) {
      coder.reverseTree(near, base - slot, bits, distance - base);
    } else {
      int rest = distance - base;
      coder.direct(bits - ALIGN_BITS, rest >>> ALIGN_BITS);
      coder.reverseTree(align, 0, ALIGN_BITS, rest & ((1 << ALIGN_BITS) - 1));
    }
  }

  private void moved(int length) {
    position += length;
    if (coder.size() >= FULL) {
      end();
    }
  }

  /// Ends the chunk, if there is one.
  private void end() {
    if (position == start) {
      return;
    }
    byte[] data = coder.finish();
    boolean first = start == 0;
    int size = position - start - 1;
    out.writeBytes(
        Struct.bigEndian((first ? 6 : 5) + data.length)
            .u8(
                "control, uncompressed size 16..20",
                (first ? RESET_ALL : RESET_NOTHING) | (size >>> 16))
            .u16("uncompressed size 0..15", size & 0xFFFF)
            .u16("compressed size", data.length - 1)
            .bytes("properties", first ? new byte[] {PROPERTIES} : new byte[0])
            .bytes("data", data)
            .toBytes());
    coder = new RangeEncoder();
    start = position;
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
