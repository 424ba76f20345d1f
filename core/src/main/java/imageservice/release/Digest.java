package imageservice.release;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A content digest as OCI writes it, `sha256:` and 64 lower-case hex digits (OCI image
/// specification, descriptors).
public record Digest(String value) {
  private static final Pattern SYNTAX = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a sha256 digest: " + value);
    }
  }

  /// The digest that `text` spells, or nothing where it spells none.
  public static Optional<Digest> parse(String text) {
    return SYNTAX.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
  }

  /// The digest of these bytes.
  public static Digest of(byte[] content) {
    return ofHash(hash().digest(content));
  }

  /// A hash to feed content to, whose result {@link #ofHash} takes.
  public static MessageDigest hash() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The digest whose 32 raw bytes these are.
  public static Digest ofHash(byte[] hash) {
    return new Digest("sha256:" + HexFormat.of().formatHex(hash));
  }

  /// The 64 hex digits.
  public String hex() {
    return value.substring("sha256:".length());
  }

  @Override
  public String toString() {
    return value;
  }
}
