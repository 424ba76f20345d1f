package imageservice.functions.asset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// What S3 says of the objects of one bucket.
public interface S3Objects {
  /// The object with this key; empty where it is gone.
  Optional<AssetLinks.Found> find(String key) throws IOException;

  /// The bytes of the object with this key; empty where it is gone.
  ///
  /// @param most bytes that are read; more is an `IOException`
  Optional<byte[]> read(String key, int most) throws IOException;

  /// All that is left of a stream.
  static byte[] atMost(int most, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException("an object of more than %d bytes is not read here".formatted(most));
    }
    return bytes;
  }
}
