package imageservice.functions.asset;

import imageservice.plan.ObjectKey;
import java.io.IOException;
import java.util.Optional;

/// Where clients fetch objects themselves.
public interface AssetLinks {
  /// How a link is used: links are good for the method they were made for, and no other.
  enum Method {
    GET,
    HEAD
  }

  /// An address that anybody can use for a while.
  ///
  /// @param fileName the name to save it under, where it is not the object's own
  String presign(ObjectKey key, Method method, Optional<String> fileName);

  /// Whether the object is there.
  boolean exists(ObjectKey key) throws IOException;
}
