package imageservice.formats.compress;

import imageservice.formats.struct.Struct;
import java.util.Arrays;

/// Blocks of deflate, RFC 1951, that refer to nothing before them. It is our own because
/// `java.util.zip.Deflater` is whatever zlib a JDK was built with, and different ones make
/// different bytes.
public final class Deflate {
  private static final int STATIC = 1;
  private static final int DYNAMIC = 2;
  private static final int END_OF_BLOCK = 256;

  /// Steps of a block with codes of its own.
  private static final int BLOCK = 16 << 10;

  private static final int LITERALS_AND_LENGTHS = 286;
  private static final int DISTANCES = 30;
  private static final int LONGEST_CODE = 15;

  /// Section 3.2.6.
  private static final Codes FIXED =
      new Codes(HuffmanCode.ofLengths(fixedLengths()), fixedDistances());

  private final BitWriter out = new BitWriter();

  private Deflate() {}

  /// The two codes of a block.
  private record Codes(HuffmanCode literals, HuffmanCode distances) {
    /// Bits of what occurs so often.
    long bits(int[] literalCounts, int[] distanceCounts) {
      return literals.bits(literalCounts) + distances.bits(distanceCounts);
    }
  }

  /// Any content, in blocks that are not the last, and end at a byte.
  static byte[] blocks(byte[] content) {
    Deflate deflate = new Deflate();
    deflate.pour(content, false);
    return ended(deflate.out);
  }

  /// Any content, in blocks of which the last is the last.
  public static byte[] lastBlocks(byte[] content) {
    Deflate deflate = new Deflate();
    deflate.pour(content, true);
    deflate.out.aligned();
    return deflate.out.toBytes();
  }

  /// Any content, with the fixed codes of section 3.2.6, in one block that is the last.
  static byte[] lastBlock(byte[] content) {
    Deflate deflate = new Deflate();
    int[] steps = Matches.of(content, Matches.MANY);
    deflate.header(STATIC, true);
    deflate.steps(steps, 0, steps.length, FIXED);
    deflate.out.aligned();
    return deflate.out.toBytes();
  }

  /// Zeros, at least one, with Huffman codes of section 3.2.7 made for them: of one bit for a match
  /// of 258 and its distance 1, of two for a literal 0 and the end.
  static byte[] zeros(int length) {
    BitWriter out = new BitWriter();
    zerosHeader(out);
    out.code(0b10, 2);
    for (int i = 0; i < (length - 1) / Matches.LONGEST; i++) {
      out.code(0b00, 2);
    }
    for (int i = 0; i < (length - 1) % Matches.LONGEST; i++) {
      out.code(0b10, 2);
    }
    out.code(0b11, 2);
    return ended(out);
  }

  private static void zerosHeader(BitWriter out) {
    out.number(DYNAMIC << 1, 3);
    out.number(286 - 257, 5); // HLIT
    out.number(1 - 1, 5); // HDIST
    out.number(18 - 4, 4); // HCLEN
    // Code lengths are coded 18: 0, 1: 10, 2: 11. Their lengths, in the order of the RFC:
    int[] order = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1};
    for (int symbol : order) {
      out.number(symbol == 18 ? 1 : symbol == 1 || symbol == 2 ? 2 : 0, 3);
    }
    out.code(0b11, 2); // literal 0
    absent(out, 138);
    absent(out, 255 - 138);
    out.code(0b11, 2); // end of block
    absent(out, 285 - 257);
    out.code(0b10, 2); // length 258
    out.code(0b10, 2); // distance 1
  }

  private static void absent(BitWriter out, int count) {
    out.code(0, 1);
    out.number(count - 11, 7);
  }

  /// What is before stored content: section 3.2.4; the three bits of a header are padded to a byte.
  ///
  /// @param count of bytes, at most 65,535
  static byte[] storedHeader(int count, boolean last) {
    return Struct.littleEndian(5)
        .u8("BFINAL, BTYPE", last ? 1 : 0)
        .u16("LEN", count)
        .u16("NLEN", ~count & 0xFFFF)
        .toBytes();
  }

  /// Ends at a byte, by an empty stored block.
  private static byte[] ended(BitWriter out) {
    out.number(0, 3);
    out.aligned((byte) 0, (byte) 0, (byte) 0xFF, (byte) 0xFF);
    return out.toBytes();
  }

  private void pour(byte[] content, boolean last) {
    int[] steps = Matches.of(content, Matches.FEW);
    for (int from = 0; from < steps.length; from += BLOCK) {
      int to = Math.min(steps.length, from + BLOCK);
      block(steps, from, to, last && to == steps.length);
    }
    if (steps.length == 0) {
      block(steps, 0, 0, last);
    }
  }

  /// Adds a block with the shorter codes.
  private void block(int[] steps, int from, int to, boolean last) {
    int[] literals = new int[LITERALS_AND_LENGTHS];
    int[] distances = new int[DISTANCES];
    count(steps, from, to, literals, distances);
    Codes own =
        new Codes(
            HuffmanCode.ofFrequencies(literals, LONGEST_CODE),
            HuffmanCode.ofFrequencies(distances, LONGEST_CODE));
    CodeLengths lengths = CodeLengths.of(own.literals(), own.distances());
    if (lengths.bits() + own.bits(literals, distances) < FIXED.bits(literals, distances)) {
      header(DYNAMIC, last);
      lengths.write(out);
      steps(steps, from, to, own);
    } else {
      header(STATIC, last);
      steps(steps, from, to, FIXED);
    }
  }

  private static void count(int[] steps, int from, int to, int[] literals, int[] distances) {
    for (int i = from; i < to; i++) {
      int step = steps[i];
      if (Matches.isMatch(step)) {
        literals[lengthSymbol(Matches.length(step))]++;
        distances[distanceSymbol(Matches.distanceLessOne(step))]++;
      } else {
        literals[step]++;
      }
    }
    literals[END_OF_BLOCK]++;
  }

  /// Section 3.2.3.
  private void header(int type, boolean last) {
    out.number(type << 1 | (last ? 1 : 0), 3);
  }

  private void steps(int[] steps, int from, int to, Codes codes) {
    for (int i = from; i < to; i++) {
      int step = steps[i];
      if (Matches.isMatch(step)) {
        length(codes.literals(), Matches.length(step));
        distance(codes.distances(), Matches.distanceLessOne(step));
      } else {
        codes.literals().write(out, step);
      }
    }
    codes.literals().write(out, END_OF_BLOCK);
  }

  /// Section 3.2.5: the codes of lengths go by fours, each group with one extra bit more.
  private void length(HuffmanCode code, int length) {
    code.write(out, lengthSymbol(length));
    if (length < Matches.LONGEST) {
      int over = length - EarlierPlaces.MIN_MATCH;
      int extra = lengthExtra(over);
      out.number(over & ((1 << extra) - 1), extra);
    }
  }

  private static int lengthSymbol(int length) {
    int over = length - EarlierPlaces.MIN_MATCH;
    int extra = lengthExtra(over);
    return length == Matches.LONGEST ? 285 : 257 + 4 * extra + (over >> extra);
  }

  private static int lengthExtra(int over) {
    return Math.max(0, log2(over) - 2);
  }

  /// The codes of distances go by twos.
  private void distance(HuffmanCode code, int over) {
    code.write(out, distanceSymbol(over));
    int extra = distanceExtra(over);
    out.number(over & ((1 << extra) - 1), extra);
  }

  private static int distanceSymbol(int over) {
    int extra = distanceExtra(over);
    return 2 * extra + (over >> extra);
  }

  private static int distanceExtra(int over) {
    return Math.max(0, log2(over) - 1);
  }

  private static int log2(int value) {
    return 31 - Integer.numberOfLeadingZeros(value | 1);
  }

  private static int[] fixedLengths() {
    int[] lengths = new int[288];
    Arrays.fill(lengths, 0, 144, 8);
    Arrays.fill(lengths, 144, 256, 9);
    Arrays.fill(lengths, 256, 280, 7);
    Arrays.fill(lengths, 280, 288, 8);
    return lengths;
  }

  private static HuffmanCode fixedDistances() {
    int[] lengths = new int[32];
    Arrays.fill(lengths, 5);
    return HuffmanCode.ofLengths(lengths);
  }
}
