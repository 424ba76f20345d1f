package imageservice.builder.sign;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// Writes values of ASN.1 in DER: X.690, of which signatures and certificates need these.
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int NULL = 0x05;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Instant LONG_YEARS = Instant.parse("2050-01-01T00:00:00Z");

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, concatenation(parts));
  }

  /// @param parts in the order of their encodings
  static byte[] set(byte[]... parts) {
    return value(SET, concatenation(parts));
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) 0xFF});
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] integer(long number) {
    return integer(BigInteger.valueOf(number));
  }

  /// @param unused bits at the end
  static byte[] bits(int unused, byte[] bytes) {
    return value(BIT_STRING, concatenation(new byte[] {(byte) unused}, bytes));
  }

  static byte[] octets(byte[] bytes) {
    return value(OCTET_STRING, bytes);
  }

  static byte[] nothing() {
    return value(NULL);
  }

  static byte[] utf8(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /// RFC 5280, 4.1.2.5: two digits of the year up to 2049, then four.
  static byte[] time(Instant time) {
    return time.isBefore(LONG_YEARS)
        ? value(UTC_TIME, UTC.format(time).getBytes(StandardCharsets.US_ASCII))
        : value(GENERALIZED_TIME, GENERALIZED.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /// @param dotted such as `1.2.840.113549.1.7.2`
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
    for (String arc : Arrays.asList(arcs).subList(2, arcs.length)) {
      out.writeBytes(base128(Integer.parseInt(arc)));
    }
    return value(OBJECT_IDENTIFIER, out.toByteArray());
  }

  private static byte[] base128(int number) {
    byte[] digits =
        new byte[(Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(number)) + 6) / 7];
    for (int i = 0; i < digits.length; i++) {
      int more = i < digits.length - 1 ? 0x80 : 0;
      digits[i] = (byte) (((number >>> (7 * (digits.length - 1 - i))) & 0x7F) | more);
    }
    return digits;
  }

  /// A value around others by a tag of its context.
  static byte[] tagged(int tag, byte[]... parts) {
    return value(CONTEXT | CONSTRUCTED | tag, concatenation(parts));
  }

  /// A primitive value by a tag of its context in the place of its own.
  static byte[] implicit(int tag, byte[] content) {
    return value(CONTEXT | tag, content);
  }

  /// The content of a value: what is behind tag and length.
  static byte[] content(byte[] value) {
    int first = value[1] & 0xFF;
    int lengths = first < 0x80 ? 0 : first - 0x80;
    return Arrays.copyOfRange(value, 2 + lengths, value.length);
  }

  private static byte[] value(int tag, byte... content) {
    byte[] length = BigInteger.valueOf(content.length).toByteArray();
    if (length[0] == 0 && length.length > 1) {
      length = Arrays.copyOfRange(length, 1, length.length);
    }
    return content.length < 0x80
        ? concatenation(new byte[] {(byte) tag, (byte) content.length}, content)
        : concatenation(new byte[] {(byte) tag, (byte) (0x80 | length.length)}, length, content);
  }

  private static byte[] concatenation(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
