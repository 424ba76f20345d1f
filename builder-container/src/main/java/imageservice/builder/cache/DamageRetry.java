package imageservice.builder.cache;

import imageservice.release.Digest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Does work over cached blobs again where one of them turned out damaged. That blob is no longer
/// in the cache by then, so the work fetches or makes it anew. Blobs that are damaged twice, and
/// more than {@link #MOST} damaged ones, are a failure.
public final class DamageRetry {
  /// How often work is repeated.
  static final int MOST = 2;

  /// Work from its beginning, where blobs are looked for in the cache, to its end.
  public interface Work<T> {
    T run() throws IOException;
  }

  /// Told of damage after which the work is repeated.
  public interface Listener {
    void damaged(DamagedBlobException damage);
  }

  private DamageRetry() {}

  public static <T> T run(Work<T> work, Listener listener) throws IOException {
    Set<Digest> damaged = new HashSet<>();
    while (true) {
      try {
        return work.run();
      } catch (DamagedBlobException e) {
        if (damaged.size() == MOST || !damaged.add(e.digest())) {
          throw e;
        }
        listener.damaged(e);
      }
    }
  }
}
