package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 of content that is read in order. Bytes that are read again, as for a second
/// attempt, count once.
final class ContentDigest {
  /// Bytes.
  private static final int BUFFER = 128 << 10;

  private final MessageDigest digest;
  private long counted;

  ContentDigest() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Counts bytes that lie at the offset `position` of the content.
  void update(long position, byte[] bytes, int from, int count) {
    if (position > counted) {
      throw new IllegalStateException(
          "content from byte %d on, bytes from %d on are missing".formatted(position, counted));
    }
    int known = (int) Math.min(count, counted - position);
    digest.update(bytes, from + known, count - known);
    counted += count - known;
  }

  /// The digest of the whole content. Bytes not counted yet are read now: a store that has the
  /// object already may stop reading early.
  Digest of(Blob content) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream rest = content.open(counted, content.length() - counted)) {
      for (int got = rest.read(buffer); got >= 0; got = rest.read(buffer)) {
        update(counted, buffer, 0, got);
      }
    }
    return Digest.ofHash(digest.digest());
  }
}
