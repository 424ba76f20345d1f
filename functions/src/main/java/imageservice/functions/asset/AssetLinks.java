package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

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

  /// A link to an asset that needs no credentials and expires after an hour.
  ///
  /// @param fileName the name that clients save the file under; empty for the asset's own
  String presign(AssetAddress address, Method method, Optional<String> fileName);

  /// The same for a client that came by plain HTTP, such as a boot loader that speaks nothing else:
  /// by plain HTTP as well where whatever has the objects answers both.
  default String presignPlain(AssetAddress address, Method method, Optional<String> fileName) {
    return presign(address, method, fileName);
  }

  /// The asset's object; empty where it is gone.
  Optional<Found> find(AssetAddress address) throws IOException;

  /// The size of a content-addressed object; empty where it is gone.
  OptionalLong size(ContentAddress address) throws IOException;
}
