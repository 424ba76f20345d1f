package imageservice.formats.struct;

import imageservice.formats.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads one fixed structure, field after field, in the order and under the names of its
/// specification: the counterpart of {@link Struct}.
public final class StructReader {
  private final String format;
  private final ByteBuffer buffer;
  private final long origin;

  private StructReader(String format, byte[] bytes, long origin, ByteOrder order) {
    this.format = format;
    this.buffer = ByteBuffer.wrap(bytes.clone()).order(order);
    this.origin = origin;
  }

  /// A reader of these bytes.
  ///
  /// @param format as messages name it
  /// @param origin where the bytes lie in the content, for messages
  public static StructReader littleEndian(String format, byte[] bytes, long origin) {
    return new StructReader(format, bytes, origin, ByteOrder.LITTLE_ENDIAN);
  }

  public int u8(String name) throws MalformedException {
    return field(name, 1).get() & 0xFF;
  }

  public int u16(String name) throws MalformedException {
    return field(name, 2).getShort() & 0xFFFF;
  }

  public long u32(String name) throws MalformedException {
    return field(name, 4).getInt() & 0xFFFF_FFFFL;
  }

  /// A 64-bit field; values from 2^63 on are their negative two's complement.
  public long u64(String name) throws MalformedException {
    return field(name, 8).getLong();
  }

  public byte[] bytes(String name, int size) throws MalformedException {
    byte[] value = new byte[size];
    field(name, size).get(value);
    return value;
  }

  /// Text of one byte a character (ISO 8859-1) in a field of `size` bytes, without the zeros at its
  /// end.
  public String text(String name, int size) throws MalformedException {
    byte[] value = bytes(name, size);
    int length = size;
    while (length > 0 && value[length - 1] == 0) {
      length--;
    }
    return new String(value, 0, length, StandardCharsets.ISO_8859_1);
  }

  /// Refuses the content unless `holds`, naming a field that was just read.
  public StructReader require(boolean holds, String name, int size, String reason)
      throws MalformedException {
    if (!holds) {
      throw new MalformedException(format, name, position() - size, reason);
    }
    return this;
  }

  /// Where the next field lies in the content.
  public long position() {
    return origin + buffer.position();
  }

  private ByteBuffer field(String name, int size) throws MalformedException {
    if (size > buffer.remaining()) {
      throw new MalformedException(
          format, name, position(), "the structure ends after %d bytes".formatted(buffer.limit()));
    }
    return buffer;
  }
}
