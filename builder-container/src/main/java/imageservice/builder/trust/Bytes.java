package imageservice.builder.trust;

import imageservice.release.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Bytes that are compared by their content.
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  static Bytes ofUtf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Bytes joined(Bytes... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes part : parts) {
      out.writeBytes(part.content);
    }
    return new Bytes(out.toByteArray());
  }

  /// The bytes that a text in base64 stands for (RFC 4648, section 4).
  ///
  /// @param what the text is, for messages
  static Bytes ofBase64(String text, String what) throws UntrustedException {
    try {
      return new Bytes(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new UntrustedException(what + " is not base64");
    }
  }

  /// @param what the text is, for messages
  static Bytes ofHex(String text, String what) throws UntrustedException {
    try {
      return new Bytes(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new UntrustedException(what + " is not hexadecimal");
    }
  }

  int length() {
    return content.length;
  }

  byte[] array() {
    return content.clone();
  }

  Bytes slice(int from, int to) {
    if (from < 0 || from > to || to > content.length) {
      throw new IllegalArgumentException(
          "%d to %d of %d bytes".formatted(from, to, content.length));
    }
    return new Bytes(Arrays.copyOfRange(content, from, to));
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  Bytes sha256() {
    return new Bytes(Digest.hash().digest(content));
  }

  String hex() {
    return HexFormat.of().formatHex(content);
  }

  String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  /// @param what the text is, for messages
  String utf8(String what) throws UntrustedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer()).toString();
    } catch (CharacterCodingException e) {
      throw new UntrustedException(what + " is not UTF-8");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
