package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import java.io.IOException;

/// The store of finished assets. An object is there whole or not at all, and never changes once it
/// is there.
public interface AssetSink {
  /// How an object is kept and sent.
  ///
  /// @param key path below the bucket
  record Target(String key, String mediaType, String fileName) {}

  /// Told how much is stored so far; throwing ends the storing, and nothing stays.
  interface Progress {
    void stored(long bytes) throws IOException;
  }

  /// Stores the content; where the object is there already, of the same content by then, that is
  /// fine too.
  ///
  /// @throws StoreException where the store refuses or cannot be reached
  StoredObject put(Target target, Blob content, Progress progress) throws IOException;

  /// Whether an object is there.
  boolean has(String key) throws IOException;

  /// Makes an object with the content of another, without its bytes travelling; tells whether the
  /// other was there.
  boolean copy(String from, Target to) throws IOException;
}
