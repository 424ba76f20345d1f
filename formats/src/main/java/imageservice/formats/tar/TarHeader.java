package imageservice.formats.tar;

import imageservice.formats.struct.Struct;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A header of an entry that belongs to root. GNU tar's, of the GNU tar manual, "Basic Tar Format"
/// and "GNU Extensions", and POSIX's `ustar` (pax, "ustar Interchange Format") differ in their
/// magic and in what follows it. Numbers that eight or twelve octal digits cannot tell are written
/// in binary.
///
/// @param size of what follows in the archive, in bytes
/// @param seconds of its modification, since 1970
/// @param link the target of a symbolic link, empty for all else
record TarHeader(String name, int mode, long size, long seconds, byte type, String link) {
  /// Bytes of a header, and of what everything in an archive is a multiple of.
  static final int BLOCK = 512;

  /// Bytes of what a header has where POSIX has the prefix of a long name, and after it.
  static final int REST = 167;

  static final byte REGULAR = '0';
  static final byte SYMLINK = '2';
  static final byte DIRECTORY = '5';
  static final byte SPARSE = 'S';

  /// What a pax header tells of the entry after it.
  static final byte EXTENDED = 'x';

  /// Bytes of a name, and of the prefix that POSIX has for long ones.
  static final int NAME = 100;

  static final int PREFIX = 155;

  private static final String GNU = "ustar  \0";
  private static final String POSIX = "ustar\00000";

  /// @param rest {@link #REST} bytes of the format's own
  byte[] gnu(byte[] rest) {
    if (name.length() >= NAME) {
      throw new IllegalArgumentException("name of 100 bytes and more: " + name);
    }
    return bytes(GNU, new byte[8], rest);
  }

  /// @param prefix what stands before the name and a slash; empty where the name is whole
  byte[] posix(String prefix) {
    byte[] text = prefix.getBytes(StandardCharsets.US_ASCII);
    return bytes(POSIX, octal(0, 8), ByteBuffer.allocate(REST).put(text).array());
  }

  private byte[] bytes(String magic, byte[] device, byte[] rest) {
    Struct header =
        Struct.littleEndian(BLOCK)
            .ascii("name", name, NAME, '\0')
            .bytes("mode", octal(mode, 8))
            .bytes("uid", octal(0, 8))
            .bytes("gid", octal(0, 8))
            .bytes("size", number(size))
            .bytes("mtime", number(seconds))
            .ascii("chksum", " ".repeat(8)) // counted so; patched below
            .u8("typeflag", type)
            .ascii("linkname", link, NAME, '\0')
            .ascii("magic, version", magic)
            .zeros("uname", 32)
            .zeros("gname", 32)
            .bytes("devmajor", device)
            .bytes("devminor", device)
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
