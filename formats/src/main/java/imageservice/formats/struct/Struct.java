package imageservice.formats.struct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Writes one fixed structure, field after field, in the order and under the names of its
/// specification. Refuses a value out of range, a name written twice and a structure that is not
/// exactly filled.
public final class Struct {
  private record Field(int offset, int size) {}

  private final ByteBuffer buffer;
  private final Map<String, Field> fields = new HashMap<>();

  private Struct(int size, ByteOrder order) {
    this.buffer = ByteBuffer.allocate(size).order(order);
  }

  public static Struct littleEndian(int size) {
    return new Struct(size, ByteOrder.LITTLE_ENDIAN);
  }

  public static Struct bigEndian(int size) {
    return new Struct(size, ByteOrder.BIG_ENDIAN);
  }

  public Struct u8(String name, int value) {
    field(name, 1).put((byte) unsigned(name, value, 8));
    return this;
  }

  public Struct u16(String name, int value) {
    field(name, 2).putShort((short) unsigned(name, value, 16));
    return this;
  }

  public Struct u32(String name, long value) {
    field(name, 4).putInt((int) unsigned(name, value, 32));
    return this;
  }

  /// A 64-bit field; values from 2^63 on are given as their negative two's complement.
  public Struct u64(String name, long value) {
    field(name, 8).putLong(value);
    return this;
  }

  /// Bytes as they are, filling the field exactly.
  public Struct bytes(String name, byte[] value) {
    field(name, value.length).put(value);
    return this;
  }

  /// Bytes at the start of a field of `size` bytes, the rest zero.
  public Struct bytes(String name, byte[] value, int size) {
    require(value.length <= size, name, "%d bytes in a field of %d".formatted(value.length, size));
    field(name, size).put(value).put(new byte[size - value.length]);
    return this;
  }

  /// ASCII text, filling the field exactly.
  public Struct ascii(String name, String value) {
    return bytes(name, encode(value, name));
  }

  /// ASCII text at the start of a field of `size` bytes, the rest filled with `padding`.
  public Struct ascii(String name, String value, int size, char padding) {
    byte[] text = encode(value, name);
    require(text.length <= size, name, "\"%s\" in a field of %d".formatted(value, size));
    ByteBuffer at = field(name, size).put(text);
    for (int i = text.length; i < size; i++) {
      at.put((byte) padding);
    }
    return this;
  }

  public Struct zeros(String name, int size) {
    field(name, size).put(new byte[size]);
    return this;
  }

  /// Overwrites a field that was written before, for checksums over the structure itself.
  public Struct patchU32(String name, long value) {
    Field field = written(name, 4);
    buffer.putInt(field.offset(), (int) unsigned(name, value, 32));
    return this;
  }

  /// The structure's bytes.
  ///
  /// @throws IllegalStateException where it is not exactly filled
  public byte[] toBytes() {
    if (buffer.hasRemaining()) {
      throw new IllegalStateException(
          "structure of %d bytes filled up to byte %d"
              .formatted(buffer.capacity(), buffer.position()));
    }
    return buffer.array().clone();
  }

  private ByteBuffer field(String name, int size) {
    require(
        size <= buffer.remaining(),
        name,
        "%d bytes at byte %d of a structure of %d"
            .formatted(size, buffer.position(), buffer.capacity()));
    require(fields.put(name, new Field(buffer.position(), size)) == null, name, "written twice");
    return buffer;
  }

  private Field written(String name, int size) {
    Field field = fields.get(name);
    if (field == null) {
      throw new IllegalStateException(name + ": patched before it was written");
    }
    require(
        field.size() == size, name, "patched with %d bytes, has %d".formatted(size, field.size()));
    return field;
  }

  private static long unsigned(String name, long value, int bits) {
    require(value >= 0 && value >>> bits == 0, name, value + " does not fit " + bits + " bits");
    return value;
  }

  private static byte[] encode(String value, String name) {
    require(StandardCharsets.US_ASCII.newEncoder().canEncode(value), name, "not ASCII: " + value);
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  private static void require(boolean holds, String name, String reason) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + reason);
    }
  }
}
