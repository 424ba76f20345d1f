package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.ledger.StoredObject;
import java.io.IOException;

/// The store of assets and of the contents that they refer to. An object appears whole or not at
/// all, and never changes.
public interface AssetSink {
  /// The place of an object, and the headers with which the store sends it.
  ///
  /// @param key path below the bucket
  /// @param sha512 whether SHA-512 is wanted as well
  record Target(String key, String mediaType, String fileName, boolean sha512) {
    public Target(String key, String mediaType, String fileName) {
      this(key, mediaType, fileName, false);
    }
  }

  /// Receives the progress of storing one object. An exception ends the storing, and no object
  /// appears.
  interface Progress {
    /// @param bytes stored so far
    void stored(long bytes) throws IOException;
  }

  /// Stores the content, unless the whole object is there already: equal keys mean equal content.
  ///
  /// @throws StoreException where the store refuses or cannot be reached
  StoredObject put(Target target, Blob content, Progress progress) throws IOException;

  /// Whether an object is there with this size in bytes, and is new enough to stay.
  boolean has(String key, long size) throws IOException;

  /// Makes an object with the content of another, within the store. False where the other is
  /// missing or has another size.
  ///
  /// @param size of the other object in bytes
  boolean copy(String from, long size, Target to) throws IOException;
}
