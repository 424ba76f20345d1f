package imageservice.formats.compress;

import java.util.Arrays;

/// Bits into bytes, the lowest first: RFC 1951, section 3.1.1.
final class BitWriter {
  private byte[] bytes = new byte[4 << 10];
  private int length;
  private int buffer;
  private int filled;

  /// Writes the lowest `count` bits of a number, at most 16, the lowest first.
  void number(int value, int count) {
    buffer |= value << filled;
    for (filled += count; filled >= 8; filled -= 8) {
      add((byte) buffer);
      buffer >>>= 8;
    }
  }

  /// Writes a Huffman code of `length` bits, the highest first.
  void code(int code, int length) {
    number(Integer.reverse(code) >>> (32 - length), length);
  }

  /// Zero bits up to the next byte, then whole bytes.
  void aligned(byte... whole) {
    number(0, Math.floorMod(-filled, 8));
    for (byte each : whole) {
      add(each);
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void add(byte next) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = next;
  }
}
