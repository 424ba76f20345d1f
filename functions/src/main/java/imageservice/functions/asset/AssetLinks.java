package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.ledger.StoredProduct;
import java.io.IOException;
import java.util.Optional;

/// Presigned links by which clients download assets from the store.
public interface AssetLinks {
  /// The HTTP method that a link is signed for; the store refuses every other.
  enum Method {
    GET,
    HEAD
  }

  /// A link to an asset that needs no credentials and expires after an hour.
  ///
  /// @param fileName the name that clients save the file under; empty for the asset's own
  String presign(AssetAddress address, Method method, Optional<String> fileName);

  /// Whether all objects of a product are in the store.
  boolean holds(AssetAddress address, StoredProduct product) throws IOException;
}
