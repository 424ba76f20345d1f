package imageservice.builder.shared;

import imageservice.release.Digest;

/// Receives what every builder goes on fetching from its source, as it could not be kept.
public interface Unkept {
  /// @param size of the content in bytes
  void tell(Digest digest, long size, Exception cause);
}
