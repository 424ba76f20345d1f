package imageservice.local;

import java.io.IOException;
import java.io.InputStream;

/// Those of a store that is asked for them.
record StoreBytes(Source source) implements ObjectBytes {
  /// Sends bytes from an offset on, for whoever closes the stream.
  @FunctionalInterface
  interface Source {
    InputStream open(long offset, long length) throws IOException;
  }
}
