package imageservice.builder.store;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Content by digest that all builders share. Whoever reads it checks it.
public interface SharedContent {
  /// Content of this size in bytes, which the caller closes, where it is there.
  ///
  /// @throws StoreException where the store refuses or cannot be reached
  Optional<InputStream> open(Digest digest, long size) throws IOException;

  /// All of a content of at most `limit` bytes, where it is there.
  ///
  /// @throws StoreException where the store refuses or cannot be reached
  Optional<byte[]> read(Digest digest, int limit) throws IOException;

  /// Begins to keep content of this size in bytes.
  Keeping keep(Digest digest, long size);

  /// Notes that the content has another digest: it is written anew where it is kept again.
  void damaged(Digest digest);

  /// Content that is kept while somebody else reads it. After a failure the caller closes this, and
  /// nothing is kept.
  interface Keeping extends AutoCloseable {
    /// @throws StoreException where the store refuses or cannot be reached
    void write(byte[] buffer, int from, int count) throws IOException;

    /// Keeps what was written, which is all and has the digest.
    ///
    /// @throws StoreException where the store refuses or cannot be reached
    void end() throws IOException;

    /// Keeps nothing, unless it ended.
    @Override
    void close();
  }
}
