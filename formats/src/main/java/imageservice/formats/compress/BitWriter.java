package imageservice.formats.compress;

import imageservice.formats.struct.Alignment;
import java.util.Arrays;

/// Bits into bytes, the lowest first: RFC 1951, section 3.1.1.
final class BitWriter {
  private byte[] bytes = new byte[4 << 10];
  private int length;
  private long buffer;
  private int filled;

  /// Writes the lowest `count` bits of a number, at most 16, the lowest first.
  void number(int value, int count) {
    buffer |= (long) value << filled;
    filled += count;
    if (filled >= Integer.SIZE) {
      addWhole();
    }
  }

  /// Writes a Huffman code of `length` bits, the highest first.
  void code(int code, int length) {
    number(Integer.reverse(code) >>> (32 - length), length);
  }

  /// Zero bits up to the next byte, then whole bytes.
  void aligned(byte... whole) {
    filled = Math.toIntExact(Alignment.roundUp(filled, Byte.SIZE));
    addWhole();
    for (byte each : whole) {
      add(each);
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /// Takes the whole bytes out of the buffer.
  private void addWhole() {
    for (; filled >= Byte.SIZE; filled -= Byte.SIZE) {
      add((byte) buffer);
      buffer >>>= Byte.SIZE;
    }
  }

  private void add(byte next) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = next;
  }
}
