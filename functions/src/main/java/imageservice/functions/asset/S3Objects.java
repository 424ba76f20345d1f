package imageservice.functions.asset;

import java.io.IOException;
import java.util.Optional;

/// What S3 says of the objects of one bucket.
public interface S3Objects {
  /// The object with this key; empty where it is gone.
  Optional<AssetLinks.Found> find(String key) throws IOException;

  /// The bytes of the object with this key; empty where it is gone.
  ///
  /// @param most bytes that are read; more is an `IOException`
  Optional<byte[]> read(String key, int most) throws IOException;

  /// The bytes of an object of which one more than the most was read, if there was one.
  static byte[] atMost(int most, byte[] read) throws IOException {
    if (read.length > most) {
      throw new IOException("an object of more than %d bytes is not read here".formatted(most));
    }
    return read;
  }
}
