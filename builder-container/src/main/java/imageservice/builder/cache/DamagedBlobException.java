package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A blob's content is not what its digest says: its file in the cache changed or is gone, or other
/// content came when it was fetched. The blob is no longer in the cache; the next request for it
/// fetches it again.
public final class DamagedBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String digest;

  public DamagedBlobException(Digest digest, String problem, @Nullable Throwable cause) {
    super(
        "cached blob %s: %s; the next attempt fetches it again".formatted(digest, problem), cause);
    this.digest = digest.value();
  }

  /// The damage that made something fail, if it was damage: among its causes, or found when what it
  /// read was closed.
  public static Optional<DamagedBlobException> behind(Throwable failure) {
    List<Throwable> candidates = new ArrayList<>(List.of(failure.getSuppressed()));
    for (Throwable each = failure; each != null; each = each.getCause()) {
      candidates.add(each);
    }
    return candidates.stream()
        .filter(DamagedBlobException.class::isInstance)
        .map(DamagedBlobException.class::cast)
        .findFirst();
  }

  public Digest digest() {
    return new Digest(digest);
  }
}
