package imageservice.formats.tar;

import imageservice.formats.struct.Struct;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A header of GNU tar: the GNU tar manual, "Basic Tar Format" and "GNU Extensions". It is POSIX's
/// `ustar` but for the magic; numbers that eight or twelve octal digits cannot tell are written in
/// binary.
final class TarHeader {
  /// Bytes of a header, and of what everything in an archive is a multiple of.
  static final int BLOCK = 512;

  /// Bytes of what a header has where POSIX has the prefix of a long name, and after it.
  static final int REST = 167;

  static final byte REGULAR = '0';
  static final byte SPARSE = 'S';

  private static final int MODE = 0644;
  private static final int NAME = 100;

  private TarHeader() {}

  /// @param size of what follows in the archive, in bytes
  /// @param rest {@link #REST} bytes of the format's own
  static byte[] bytes(String name, long size, long seconds, byte type, byte[] rest) {
    if (name.getBytes(StandardCharsets.US_ASCII).length >= NAME) {
      throw new IllegalArgumentException("name of 100 bytes and more: " + name);
    }
    Struct header =
        Struct.littleEndian(BLOCK)
            .ascii("name", name, NAME, '\0')
            .bytes("mode", octal(MODE, 8))
            .bytes("uid", octal(0, 8))
            .bytes("gid", octal(0, 8))
            .bytes("size", number(size))
            .bytes("mtime", number(seconds))
            .ascii("chksum", " ".repeat(8)) // counted so; patched below
            .u8("typeflag", type)
            .zeros("linkname", 100)
            .ascii("magic, version", "ustar  \0")
            .zeros("uname", 32)
            .zeros("gname", 32)
            .zeros("devmajor", 8)
            .zeros("devminor", 8)
            .bytes("rest", rest, REST);
    byte[] bytes = header.toBytes();
    byte[] sum = "%06o\0 ".formatted(sum(bytes)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(sum, 0, bytes, 148, sum.length);
    return bytes;
  }

  /// A field of twelve bytes.
  static byte[] number(long value) {
    if (value < 1L << 33) {
      return octal(value, 12);
    }
    ByteBuffer binary = ByteBuffer.allocate(12);
    binary.put(0, (byte) 0x80).putLong(4, value);
    return binary.array();
  }

  private static byte[] octal(long value, int size) {
    String digits = Long.toOctalString(value);
    if (digits.length() >= size) {
      throw new IllegalArgumentException(value + " in " + size + " bytes");
    }
    return ("0".repeat(size - 1 - digits.length()) + digits + "\0")
        .toLowerCase(Locale.ROOT)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int sum(byte[] header) {
    int sum = 0;
    for (byte each : header) {
      sum += Byte.toUnsignedInt(each);
    }
    return sum;
  }
}
