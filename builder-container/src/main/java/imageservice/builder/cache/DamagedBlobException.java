package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A blob's content that is not its digest's: a cached file that changed or is gone, or what came
/// to be cached. It is not in the cache any longer, so that who asks for the blob again has it
/// fetched again.
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
