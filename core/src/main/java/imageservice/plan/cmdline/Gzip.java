package imageservice.plan.cmdline;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Packs a short text as one gzip member (RFC 1952) of one block with fixed Huffman codes (RFC
/// 1951, 3.2.6). The JDK's own deflater is not used: its output depends on the zlib that the JDK
/// was built with, and a plan's bytes must not.
final class Gzip {
  private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 2, (byte) 0xFF};
  private static final int SHORTEST = 3;
  private static final int LONGEST = 258;
  private static final int WINDOW = 32_768;
  private static final int HASHES = 1 << 16;
  private static final int END_OF_BLOCK = 256;

  /// Earlier places with the same hash that are tried for a match: the work is bounded by the
  /// content's length.
  private static final int CANDIDATES = 32;

  private static final int[] LENGTH_BASES = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] DISTANCE_BASES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long bits;
  private int bitCount;

  private Gzip() {}

  static byte[] compress(byte[] plain) {
    Gzip gzip = new Gzip();
    gzip.out.writeBytes(HEADER);
    gzip.block(plain);
    CRC32 crc = new CRC32();
    crc.update(plain);
    gzip.littleEndian(crc.getValue());
    gzip.littleEndian(plain.length);
    return gzip.out.toByteArray();
  }

  private void block(byte[] plain) {
    write(0b011, 3); // last block, fixed codes
    int[] earlier = earlier(plain);
    for (int at = 0; at < plain.length; ) {
      int distance = bestDistance(plain, at, earlier);
      int length = distance == 0 ? 0 : matchLength(plain, at, distance);
      if (length >= SHORTEST) {
        match(length, distance);
        at += length;
      } else {
        symbol(plain[at] & 0xFF);
        at++;
      }
    }
    symbol(END_OF_BLOCK);
    write(0, (8 - bitCount) % 8);
  }

  /// For each position the nearest one before it that may begin with the same three bytes, or -1.
  private static int[] earlier(byte[] plain) {
    int[] earlier = new int[plain.length];
    Arrays.fill(earlier, -1);
    int[] latest = new int[HASHES];
    Arrays.fill(latest, -1);
    for (int at = 0; at + SHORTEST <= plain.length; at++) {
      int bytes = (plain[at] & 0xFF) << 16 | (plain[at + 1] & 0xFF) << 8 | (plain[at + 2] & 0xFF);
      int hash = (bytes * 0x9E37_79B1) >>> 16;
      earlier[at] = latest[hash];
      latest[hash] = at;
    }
    return earlier;
  }

  /// How far back the longest match begins, the nearest of them; 0 where there is none.
  private static int bestDistance(byte[] plain, int at, int[] earlier) {
    int best = 0;
    int bestLength = SHORTEST - 1;
    int from = earlier[at];
    for (int i = 0; i < CANDIDATES && from >= 0 && at - from <= WINDOW; i++, from = earlier[from]) {
      int length = matchLength(plain, at, at - from);
      if (length > bestLength) {
        best = at - from;
        bestLength = length;
      }
    }
    return best;
  }

  private static int matchLength(byte[] plain, int at, int distance) {
    int length = 0;
    while (length < LONGEST
        && at + length < plain.length
        && plain[at + length] == plain[at + length - distance]) {
      length++;
    }
    return length;
  }

  private void match(int length, int distance) {
    int lengthCode = lastAtMost(LENGTH_BASES, length);
    symbol(257 + lengthCode);
    boolean longest = length == LONGEST;
    write(length - LENGTH_BASES[lengthCode], longest || lengthCode < 8 ? 0 : lengthCode / 4 - 1);
    int distanceCode = lastAtMost(DISTANCE_BASES, distance);
    code(distanceCode, 5);
    write(distance - DISTANCE_BASES[distanceCode], distanceCode < 4 ? 0 : distanceCode / 2 - 1);
  }

  private void symbol(int symbol) {
    if (symbol < 144) {
      code(0x30 + symbol, 8);
    } else if (symbol < 256) {
      code(0x190 + symbol - 144, 9);
    } else if (symbol < 280) {
      code(symbol - 256, 7);
    } else {
      code(0xC0 + symbol - 280, 8);
    }
  }

  private static int lastAtMost(int[] bases, int value) {
    int found = Arrays.binarySearch(bases, value);
    return found >= 0 ? found : -found - 2;
  }

  /// Huffman codes go most significant bit first, everything else least significant bit first.
  private void code(int code, int length) {
    write(Integer.reverse(code) >>> (32 - length), length);
  }

  private void write(int value, int count) {
    bits |= (long) value << bitCount;
    bitCount += count;
    while (bitCount >= 8) {
      out.write((int) bits & 0xFF);
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  private void littleEndian(long value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write((int) (value >>> shift) & 0xFF);
    }
  }
}
