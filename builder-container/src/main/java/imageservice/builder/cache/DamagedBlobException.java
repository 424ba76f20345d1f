package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A cached file that is not what was put there, or is gone. It is no longer in the cache, so that
/// asking for the content again fetches it again.
public final class DamagedBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String digest;

  DamagedBlobException(Digest digest, String problem, @Nullable Throwable cause) {
    super("cached blob %s: %s; ask again to fetch it again".formatted(digest, problem), cause);
    this.digest = digest.value();
  }

  public Digest digest() {
    return new Digest(digest);
  }
}
