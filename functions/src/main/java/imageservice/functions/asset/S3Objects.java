package imageservice.functions.asset;

import java.io.IOException;
import java.util.Optional;

/// What S3 says of the objects of one bucket.
public interface S3Objects {
  /// The object with this key; empty where it is gone.
  Optional<AssetLinks.Found> find(String key) throws IOException;
}
