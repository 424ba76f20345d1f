package imageservice.demo;

import imageservice.formats.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads an archive of `ar`, deb(5): the magic, then members, each a header of 60 bytes and its
/// content, padded to an even length.
final class ArReader {
  /// @param name as it stands there, without the blanks and the slash that may end it
  /// @param size in bytes
  record Member(String name, long size) {}

  private static final byte[] MAGIC = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 60;
  private static final int NAME = 16;
  private static final int SIZE = 48;
  private static final int END = 58;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private final InputStream in;
  private long position;

  /// What is left of the current member, its padding included.
  private long left;

  private long content;

  private ArReader(InputStream in) {
    this.in = in;
  }

  /// Does not close `in`.
  static ArReader of(InputStream in) throws IOException {
    ArReader reader = new ArReader(in);
    byte[] magic = in.readNBytes(MAGIC.length);
    require(Arrays.equals(magic, MAGIC), "magic", 0, "is no archive of ar");
    reader.position = MAGIC.length;
    return reader;
  }

  /// The next member, empty at the end.
  Optional<Member> next() throws IOException {
    skipRest();
    byte[] bytes = in.readNBytes(HEADER);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    require(bytes.length == HEADER, "header", position, "breaks off");
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    require(header.startsWith("`\n", END), "ar_fmag", position + END, "does not end a header");
    String size = header.substring(SIZE, END).strip();
    require(NUMBER.matcher(size).matches(), "ar_size", position + SIZE, "is no number");
    position += HEADER;
    content = Long.parseLong(size);
    left = content + content % 2;
    String name = header.substring(0, NAME).strip();
    return Optional.of(
        new Member(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, content));
  }

  private void skipRest() throws IOException {
    try {
      in.skipNBytes(left);
    } catch (EOFException e) {
      throw new MalformedException("ar", "content", position, "breaks off");
    }
    position += left;
    left = 0;
  }

  /// The content of the current member; ends with it.
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] buffer, int from, int count) throws IOException {
        if (count == 0) {
          return 0;
        }
        if (content == 0) {
          return -1;
        }
        int got = in.read(buffer, from, (int) Math.min(count, content));
        require(got > 0, "content", position, "breaks off, %d bytes early".formatted(content));
        content -= got;
        left -= got;
        position += got;
        return got;
      }
    };
  }

  private static void require(boolean holds, String field, long offset, String reason)
      throws MalformedException {
    if (!holds) {
      throw new MalformedException("ar", field, offset, reason);
    }
  }
}
