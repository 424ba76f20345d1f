package imageservice.functions.asset;

import imageservice.functions.http.Answer;
import imageservice.ledger.StoredObject;
import java.io.IOException;

/// How clients get an asset that lies in the store.
@FunctionalInterface
public interface Serving {
  /// The answer to a request for the asset.
  ///
  /// @param found what the store says of it
  /// @param stored what its builder stored
  Answer of(AssetRequest asset, AssetLinks.Found found, StoredObject stored) throws IOException;

  /// Whether a browser that opens the address of an asset that is not ready is shown a page, which
  /// waits for it.
  default boolean hasPage() {
    return false;
  }
}
