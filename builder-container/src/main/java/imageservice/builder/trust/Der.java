package imageservice.builder.trust;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One value of DER (ITU-T X.690): definite lengths in their shortest form, tags of one byte.
///
/// @param whole tag, length and content
record Der(int tag, Bytes content, Bytes whole) {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int UTF8_STRING = 0x0C;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int LONG_FORM = 0x80;
  private static final int LONG_TAG = 0x1F;

  /// What any value of a certificate or timestamp has at most.
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_VALUES = 1_000;

  /// A context-specific tag of constructed content.
  static int context(int number) {
    return 0xA0 | number;
  }

  /// The only value of these bytes.
  static Der only(Bytes bytes) throws UntrustedException {
    List<Der> values = all(bytes);
    if (values.size() != 1) {
      throw new UntrustedException("not one value of DER");
    }
    return values.getFirst();
  }

  /// The values within this one.
  List<Der> values() throws UntrustedException {
    return all(content);
  }

  /// This value, if it is of this kind.
  Der require(int expected) throws UntrustedException {
    if (tag != expected) {
      throw new UntrustedException("DER of tag 0x%02x, expected 0x%02x".formatted(tag, expected));
    }
    return this;
  }

  /// The value at a place within this one, of this kind.
  Der at(int place, int expected) throws UntrustedException {
    List<Der> values = values();
    if (place >= values.size()) {
      throw new UntrustedException("DER that ends early");
    }
    return values.get(place).require(expected);
  }

  /// A value with this content.
  static Bytes encode(int tag, Bytes content) {
    int length = content.length();
    if (length < LONG_FORM) {
      return Bytes.joined(header(tag, length), content);
    }
    int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    byte[] header = new byte[2 + count];
    header[0] = (byte) tag;
    header[1] = (byte) (LONG_FORM | count);
    for (int i = 0; i < count; i++) {
      header[2 + i] = (byte) (length >>> (8 * (count - 1 - i)));
    }
    return Bytes.joined(Bytes.of(header), content);
  }

  private static Bytes header(int tag, int length) {
    return Bytes.of(new byte[] {(byte) tag, (byte) length});
  }

  private static List<Der> all(Bytes bytes) throws UntrustedException {
    ByteBuffer in = bytes.buffer();
    List<Der> values = new ArrayList<>();
    try {
      while (in.hasRemaining() && values.size() < MOST_VALUES) {
        values.add(next(bytes, in));
      }
    } catch (BufferUnderflowException e) {
      throw new UntrustedException("DER that ends early");
    }
    if (in.hasRemaining()) {
      throw new UntrustedException("DER of too many values");
    }
    return values;
  }

  private static Der next(Bytes bytes, ByteBuffer in) throws UntrustedException {
    int start = in.position();
    int tag = Byte.toUnsignedInt(in.get());
    if ((tag & LONG_TAG) == LONG_TAG) {
      throw new UntrustedException("DER of an unknown tag");
    }
    int length = length(in);
    if (length > in.remaining()) {
      throw new UntrustedException("DER that ends early");
    }
    int from = in.position();
    in.position(from + length);
    return new Der(tag, bytes.slice(from, from + length), bytes.slice(start, from + length));
  }

  private static int length(ByteBuffer in) throws UntrustedException {
    int first = Byte.toUnsignedInt(in.get());
    if (first < LONG_FORM) {
      return first;
    }
    int count = first - LONG_FORM;
    if (count == 0 || count > 3) {
      throw new UntrustedException("DER of an unknown length");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | Byte.toUnsignedInt(in.get());
    }
    if (length < LONG_FORM || length >>> (8 * (count - 1)) == 0 || length > MOST_BYTES) {
      throw new UntrustedException("DER of an unknown length");
    }
    return length;
  }
}
