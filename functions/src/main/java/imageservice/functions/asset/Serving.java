package imageservice.functions.asset;

import imageservice.functions.http.Answer;
import java.io.IOException;

/// How clients get an asset that lies in the store.
@FunctionalInterface
public interface Serving {
  /// The answer to a request for the asset.
  ///
  /// @param found what the store says of it
  Answer of(AssetRequest asset, AssetLinks.Found found) throws IOException;
}
