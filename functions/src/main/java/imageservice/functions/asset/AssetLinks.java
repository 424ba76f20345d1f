package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.ledger.StoredProduct;
import java.io.IOException;
import java.util.Optional;

/// Links by which clients fetch objects from the store.
public interface AssetLinks {
  /// How a link is used: links are good for the method they were made for, and no other.
  enum Method {
    GET,
    HEAD
  }

  /// A link to an asset that anybody can use for an hour.
  ///
  /// @param fileName the name to save it under, where it is not the object's own
  String presign(AssetAddress address, Method method, Optional<String> fileName);

  /// Whether all objects of a product are in the store.
  boolean holds(AssetAddress address, StoredProduct product) throws IOException;
}
