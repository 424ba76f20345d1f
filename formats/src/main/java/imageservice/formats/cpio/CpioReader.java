package imageservice.formats.cpio;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.RunStream;
import imageservice.formats.struct.Alignment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads one archive from a stream, entry after entry, without holding any. The stream stays open;
/// after the trailer only zeros may follow in it.
public final class CpioReader {
  /// An entry's header and name; the name `.` stands for the root itself.
  public record Member(String name, CpioHeader header) {}

  private static final int ALIGNMENT = 4;

  private final InputStream in;
  private long position;
  private long contentEnd;
  private boolean ended;

  public CpioReader(InputStream in) {
    this.in = in;
  }

  /// The next entry, skipping what was not read of the content before; empty after the last one.
  public Optional<Member> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    skipContent();
    long start = position;
    CpioHeader header = header(start);
    Member member = new Member(name(header.namesize()), header);
    expectZeros("padding of the name");
    contentEnd = position + header.filesize();
    if (member.name().equals(CpioName.TRAILER)) {
      end(header, start);
      return Optional.empty();
    }
    require(!header.isDirectory() || header.filesize() == 0, "c_filesize", start, "of a directory");
    return Optional.of(member);
  }

  /// The content of the entry that [#next] returned last; ends with it, and need not be closed.
  public InputStream content() {
    return new Content(contentEnd);
  }

  private void skipContent() throws IOException {
    content().transferTo(java.io.OutputStream.nullOutputStream());
    expectZeros("padding of the content");
  }

  private CpioHeader header(long start) throws IOException {
    byte[] raw = take(CpioHeader.SIZE, "header");
    String magic = new String(raw, 0, CpioHeader.MAGIC.length(), StandardCharsets.ISO_8859_1);
    require(magic.equals(CpioHeader.MAGIC), "c_magic", start, "is not " + CpioHeader.MAGIC);
    long[] field = new long[13];
    for (int i = 0; i < field.length; i++) {
      field[i] = number(raw, start, CpioHeader.MAGIC.length() + i * CpioHeader.DIGITS);
    }
    require(field[12] == 0, "c_check", start, "is not 0");
    require(
        field[11] > 1 && field[11] <= CpioName.MAX_SIZE, "c_namesize", start, "is " + field[11]);
    return new CpioHeader(
        field[0], field[1], field[2], field[3], field[4], field[5], field[6], field[7], field[8],
        field[9], field[10], field[11], field[12]);
  }

  private static long number(byte[] raw, long start, int at) throws MalformedException {
    long value = 0;
    for (int i = at; i < at + CpioHeader.DIGITS; i++) {
      // Only ASCII digits count: Character.digit would take others too.
      int digit = raw[i] < 0 ? -1 : Character.digit(raw[i], 16);
      require(digit >= 0, "number", start + i, "not a hexadecimal digit");
      value = value << 4 | digit;
    }
    return value;
  }

  private String name(long namesize) throws IOException {
    long start = position;
    byte[] raw = take((int) namesize, "name");
    require(raw[raw.length - 1] == 0, "name", start, "does not end with a NUL");
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(raw, 0, raw.length - 1))
              .toString();
      Optional<String> fault = name.equals(".") ? Optional.empty() : CpioName.fault(name);
      require(fault.isEmpty(), "name", start, fault.orElse(""));
      return name;
    } catch (CharacterCodingException e) {
      throw malformed("name", start, "is not UTF-8");
    }
  }

  private void end(CpioHeader trailer, long start) throws IOException {
    require(trailer.filesize() == 0, "c_filesize", start, "of the trailer");
    ended = true;
    byte[] buffer = new byte[8192];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      requireZeros(buffer, got, "padding of the archive");
    }
  }

  private void expectZeros(String field) throws IOException {
    int count = Alignment.padding(position, ALIGNMENT);
    byte[] padding = in.readNBytes(count);
    require(padding.length == count, field, position, "the archive ends");
    requireZeros(padding, count, field);
  }

  private void requireZeros(byte[] bytes, int count, String field) throws MalformedException {
    for (int i = 0; i < count; i++, position++) {
      require(bytes[i] == 0, field, position, "is not zero");
    }
  }

  private byte[] take(int count, String field) throws IOException {
    byte[] bytes = in.readNBytes(count);
    require(bytes.length == count, field, position, "the archive ends");
    position += count;
    return bytes;
  }

  private static void require(boolean holds, String field, long offset, String reason)
      throws MalformedException {
    if (!holds) {
      throw malformed(field, offset, reason);
    }
  }

  private static MalformedException malformed(String field, long offset, String reason) {
    return new MalformedException("cpio", field, offset, reason);
  }

  /// One entry's content, dead once the reader has moved on.
  private final class Content extends RunStream {
    private final long end;

    Content(long end) {
      this.end = end;
    }

    @Override
    protected int readRun(byte[] buffer, int from, int count) throws IOException {
      if (end != contentEnd) {
        throw new IllegalStateException("the reader is past this entry");
      }
      if (position >= end) {
        return -1;
      }
      int got = in.read(buffer, from, (int) Math.min(count, end - position));
      require(got >= 0, "content", position, "the archive ends");
      position += got;
      return got;
    }
  }
}
