package imageservice.builder.sign;

import java.nio.ByteBuffer;

/// Reads values of ASN.1 in DER one after the other: X.690, of definite lengths below 16 MiB and
/// tags of one byte. The counterpart of {@link Der}.
final class DerReader {
  static final int OCTETS = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int LONG = 0x80;
  private static final int MOST_LENGTH_BYTES = 3;

  private final ByteBuffer in;

  private DerReader(ByteBuffer in) {
    this.in = in;
  }

  static DerReader of(byte[] bytes) {
    return new DerReader(ByteBuffer.wrap(bytes));
  }

  /// A tag of its context around others.
  static int context(int number) {
    return 0xA0 | number;
  }

  boolean isAt(int tag) {
    return in.hasRemaining() && (in.get(in.position()) & 0xFF) == tag;
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  /// The content of the next value, which is of this kind.
  byte[] content(int tag) throws SigningException {
    if (!isAt(tag)) {
      throw malformed("no value of tag 0x%02x".formatted(tag));
    }
    in.get();
    byte[] content = new byte[length()];
    in.get(content);
    return content;
  }

  /// What is in the next value, which is of this kind.
  DerReader in(int tag) throws SigningException {
    return of(content(tag));
  }

  /// Leaves the next value out.
  DerReader skip(int tag) throws SigningException {
    content(tag);
    return this;
  }

  private int length() throws SigningException {
    int length = octet();
    if (length >= LONG) {
      int count = length - LONG;
      if (count == 0 || count > MOST_LENGTH_BYTES) {
        throw malformed("a length of %d bytes".formatted(count));
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | octet();
      }
    }
    if (length > in.remaining()) {
      throw malformed("%d bytes, of which %d are there".formatted(length, in.remaining()));
    }
    return length;
  }

  private int octet() throws SigningException {
    if (!in.hasRemaining()) {
      throw malformed("it ends early");
    }
    return in.get() & 0xFF;
  }

  private SigningException malformed(String reason) {
    return new SigningException("DER at byte %d: %s".formatted(in.position(), reason));
  }
}
