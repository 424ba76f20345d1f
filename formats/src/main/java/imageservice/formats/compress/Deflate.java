package imageservice.formats.compress;

import java.util.Arrays;

/// Blocks of deflate, RFC 1951, that begin and end at a byte and refer to nothing before them. It
/// is our own because `java.util.zip.Deflater` is whatever zlib a JDK was built with, and different
/// ones make different bytes.
final class Deflate {
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int END_OF_BLOCK = 256;

  private static final int MIN_MATCH = EarlierPlaces.MIN_MATCH;
  private static final int MAX_MATCH = 258;

  /// Earlier places with the same hash that are tried for a match.
  static final int CANDIDATES = 32;

  private final byte[] content;
  private final EarlierPlaces places;
  private final int[] candidates = new int[CANDIDATES];
  private final BitWriter out = new BitWriter();

  private Deflate(byte[] content) {
    this.content = content;
    this.places = new EarlierPlaces(content);
  }

  /// Any content, with the fixed Huffman codes of section 3.2.6, in blocks that are not the last.
  static byte[] blocks(byte[] content) {
    Deflate deflate = new Deflate(content);
    deflate.pour(false);
    return ended(deflate.out);
  }

  /// Any content, with the same codes and matches, in one block that is the last.
  static byte[] lastBlock(byte[] content) {
    Deflate deflate = new Deflate(content);
    deflate.pour(true);
    deflate.out.aligned();
    return deflate.out.toBytes();
  }

  /// Zeros, at least one, with Huffman codes of section 3.2.7 made for them: of one bit for a match
  /// of 258 and its distance 1, of two for a literal 0 and the end.
  static byte[] zeros(int length) {
    BitWriter out = new BitWriter();
    zerosHeader(out);
    out.code(0b10, 2);
    for (int i = 0; i < (length - 1) / MAX_MATCH; i++) {
      out.code(0b00, 2);
    }
    for (int i = 0; i < (length - 1) % MAX_MATCH; i++) {
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

  /// Ends at a byte, by an empty stored block.
  private static byte[] ended(BitWriter out) {
    out.number(0, 3);
    out.aligned((byte) 0, (byte) 0, (byte) 0xFF, (byte) 0xFF);
    return out.toBytes();
  }

  private void pour(boolean last) {
    out.number(FIXED << 1 | (last ? 1 : 0), 3);
    for (int position = 0; position < content.length; ) {
      for (int end = position + step(position); position < end; position++) {
        places.enter(position);
      }
    }
    symbol(out, END_OF_BLOCK);
  }

  /// Writes the longest match at a position, of several the nearest, or the byte there, and returns
  /// how many bytes that stands for.
  private int step(int position) {
    int count = places.find(position, candidates);
    int length = 0;
    int distance = 0;
    for (int i = 0; i < count && length < MAX_MATCH; i++) {
      int common = common(candidates[i], position);
      if (common > length) {
        length = common;
        distance = position - candidates[i];
      }
    }
    return length >= MIN_MATCH ? match(length, distance) : literal(position);
  }

  private int common(int earlier, int later) {
    int end = Math.min(content.length, later + MAX_MATCH);
    int at = Arrays.mismatch(content, earlier, earlier + end - later, content, later, end);
    return at < 0 ? end - later : at;
  }

  private int literal(int position) {
    symbol(out, content[position] & 0xFF);
    return 1;
  }

  /// Section 3.2.5: the codes of lengths go by fours, those of distances by twos, each group with
  /// one extra bit more.
  private int match(int length, int distance) {
    if (length == MAX_MATCH) {
      symbol(out, 285);
    } else {
      int over = length - MIN_MATCH;
      int extra = Math.max(0, log2(over) - 2);
      symbol(out, 257 + 4 * extra + (over >> extra));
      out.number(over & ((1 << extra) - 1), extra);
    }
    int over = distance - 1;
    int extra = Math.max(0, log2(over) - 1);
    out.code(2 * extra + (over >> extra), 5);
    out.number(over & ((1 << extra) - 1), extra);
    return length;
  }

  private static int log2(int value) {
    return 31 - Integer.numberOfLeadingZeros(value | 1);
  }

  /// Section 3.2.6.
  private static void symbol(BitWriter out, int symbol) {
    if (symbol < 144) {
      out.code(0b0011_0000 + symbol, 8);
    } else if (symbol < 256) {
      out.code(0b1_1001_0000 + symbol - 144, 9);
    } else if (symbol < 280) {
      out.code(symbol - 256, 7);
    } else {
      out.code(0b1100_0000 + symbol - 280, 8);
    }
  }
}
