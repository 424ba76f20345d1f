package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A blob's content is not what its digest says: its file in the cache changed or is gone, or other
/// content came when it was fetched. The blob is no longer in the cache; the next request for it
/// fetches it again.
public final class DamagedBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String digest;

  DamagedBlobException(Digest digest, String problem, @Nullable Throwable cause) {
    super(
        "cached blob %s: %s; the next attempt fetches it again".formatted(digest, problem), cause);
    this.digest = digest.value();
  }

  public Digest digest() {
    return new Digest(digest);
  }
}
