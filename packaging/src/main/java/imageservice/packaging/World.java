package imageservice.packaging;

import java.io.IOException;
import java.util.Map;

/// What a function finds around it: stand-ins for what it calls.
public interface World extends AutoCloseable {
  /// Makes one.
  @FunctionalInterface
  interface Maker {
    World make() throws IOException;
  }

  /// What the stack tells the function of it.
  Map<String, String> variables();

  @Override
  void close();
}
