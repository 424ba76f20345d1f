package imageservice.builder.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of content that is read in order, some of it perhaps more than once: what was
/// counted already is left out.
final class ContentDigest {
  private final MessageDigest digest;
  private long counted;

  ContentDigest() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Counts bytes that lie at `position` of the content.
  void update(long position, byte[] bytes, int from, int count) {
    if (position > counted) {
      throw new IllegalStateException(
          "content from byte %d on, bytes from %d on are missing".formatted(position, counted));
    }
    int known = (int) Math.min(count, counted - position);
    digest.update(bytes, from + known, count - known);
    counted += count - known;
  }

  /// The hash in hex, once `length` bytes are counted.
  String hex(long length) {
    if (counted != length) {
      throw new IllegalStateException("%d of %d bytes are counted".formatted(counted, length));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
