package imageservice.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// The bytes of a stored object.
sealed interface ObjectBytes {
  /// Those of a file.
  record OfFile(Path file) implements ObjectBytes {}

  /// Those of a store that is asked for them.
  record OfStore(Source source) implements ObjectBytes {}

  /// Sends bytes from an offset on, for whoever closes the stream.
  @FunctionalInterface
  interface Source {
    InputStream open(long offset, long length) throws IOException;
  }
}
