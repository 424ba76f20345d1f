package imageservice.formats.modules;

import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// A relocatable ELF-64 file (ELF-64 Object File Format 1.5) whose sections are read when asked
/// for.
final class ElfFile {
  private static final int HEADER = 64;
  private static final int SECTION_HEADER = 64;
  private static final int RELOCATABLE = 1;
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;
  private static final int LARGEST_SECTION = 64 << 20;

  private final Blob file;
  private final ByteBuffer sections;
  private final int count;
  private final ByteBuffer names;

  private ElfFile(Blob file, ByteBuffer sections, int count, int namesSection) throws IOException {
    this.file = file;
    this.sections = sections;
    this.count = count;
    this.names = content(namesSection, "section names");
  }

  static ElfFile of(Blob file) throws IOException {
    require(file.length() >= HEADER, "header", 0, "the file has " + file.length() + " bytes");
    ByteBuffer header = read(file, 0, HEADER);
    require(header.order(ByteOrder.BIG_ENDIAN).getInt(0) == 0x7f454c46, "e_ident", 0, "is no ELF");
    require(header.get(4) == 2, "EI_CLASS", 4, "is " + header.get(4) + ", not 64 bits");
    require(header.get(5) == 1, "EI_DATA", 5, "is " + header.get(5) + ", not little-endian");
    header.order(ByteOrder.LITTLE_ENDIAN);
    int type = u16(header, 16);
    require(type == RELOCATABLE, "e_type", 16, "is " + type + ", not relocatable");
    int machine = u16(header, 18);
    require(machine == X86_64 || machine == AARCH64, "e_machine", 18, "is " + machine);
    int size = u16(header, 58);
    require(size == SECTION_HEADER, "e_shentsize", 58, "is " + size);
    int count = u16(header, 60);
    int names = u16(header, 62);
    require(count > 0, "e_shnum", 60, "is 0");
    require(names > 0 && names < count, "e_shstrndx", 62, "is " + names);
    long offset = header.getLong(40);
    int length = count * SECTION_HEADER;
    require(offset >= 0 && offset <= file.length() - length, "e_shoff", 40, "is " + offset);
    return new ElfFile(file, read(file, offset, length), count, names);
  }

  /// The content of the first section of this name.
  Optional<Section> section(String name) throws IOException {
    byte[] wanted = (name + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int i = 1; i < count; i++) {
      int at = sections.getInt(i * SECTION_HEADER);
      if (at >= 0
          && at <= names.capacity() - wanted.length
          && names.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return Optional.of(section(i, name));
      }
    }
    return Optional.empty();
  }

  /// The content of a section by its number.
  Section section(int number, String name) throws IOException {
    require(number > 0 && number < count, name, 0, "there is no section " + number);
    return new Section(name, content(number, name), offset(number));
  }

  static void require(boolean holds, String field, long offset, String reason)
      throws MalformedException {
    if (!holds) {
      throw new MalformedException("kernel module", field, offset, reason);
    }
  }

  private ByteBuffer content(int section, String name) throws IOException {
    long offset = offset(section);
    long size = sections.getLong(section * SECTION_HEADER + 32);
    require(
        size >= 0 && offset >= 0 && offset <= file.length() - size,
        name,
        offset,
        "%d bytes there are outside of %d bytes".formatted(size, file.length()));
    require(size <= LARGEST_SECTION, name, offset, "has " + size + " bytes");
    return read(file, offset, (int) size);
  }

  private long offset(int section) {
    return sections.getLong(section * SECTION_HEADER + 24);
  }

  private static ByteBuffer read(Blob file, long offset, int size) throws IOException {
    try (InputStream in = file.open(offset, size)) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static int u16(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
