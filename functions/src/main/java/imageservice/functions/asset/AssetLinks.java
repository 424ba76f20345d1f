package imageservice.functions.asset;

import imageservice.asset.StoreAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// The store of assets as the request side sees it: what is there, and links by which clients
/// download it.
public interface AssetLinks {
  /// The HTTP method that a link is for; a store may refuse every other.
  enum Method {
    GET,
    HEAD
  }

  /// What the store says of an object.
  ///
  /// @param size in bytes
  /// @param tag entity tag with its quotes
  record Found(long size, String tag, Instant lastModified, String mediaType) {}

  /// A link to an object that needs no credentials and expires after an hour.
  ///
  /// @param fileName the name that clients save the file under; empty for the object's own
  String presign(StoreAddress address, Method method, Optional<String> fileName);

  /// The same for a client that came by plain HTTP, such as a boot loader that speaks nothing else:
  /// by plain HTTP as well where whatever has the objects answers both.
  default String presignPlain(StoreAddress address, Method method, Optional<String> fileName) {
    return presign(address, method, fileName);
  }

  /// The object; empty where it is gone.
  Optional<Found> find(StoreAddress address) throws IOException;

  /// The bytes of a small object; empty where it is gone.
  ///
  /// @param most bytes that are read; more is an `IOException`
  Optional<byte[]> read(StoreAddress address, int most) throws IOException;
}
