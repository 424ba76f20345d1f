package imageservice.formats.iso9660;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A node of the tree to be written: owner and group are root, dates are the volume's.
public sealed interface IsoEntry permits IsoDirectory, IsoFile {
  /// POSIX limit of a name, in bytes of UTF-8.
  int MAX_NAME = 255;

  String name();

  /// Permission bits, at most 07777.
  int mode();

  /// The name as Rock Ridge stores it.
  ///
  /// @throws IllegalArgumentException where no POSIX directory could hold the name
  static byte[] nameBytes(String name) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      if (bytes.length == 0
          || bytes.length > MAX_NAME
          || name.equals(".")
          || name.equals("..")
          || name.indexOf('/') >= 0
          || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("not a file name: \"" + name + "\"");
      }
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not Unicode: \"" + name + "\"", e);
    }
  }

  static void requireMode(int mode) {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("mode 0%o is more than permissions".formatted(mode));
    }
  }
}
