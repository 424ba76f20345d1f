package imageservice.builder.oci;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/// How fast a body comes. Only time in which the reader waits for it counts: a reader that is busy
/// makes no body slow.
final class Pace {
  private final Duration window;
  private final long floor;
  private Duration waited = Duration.ZERO;
  private long bytes;

  Pace(Patience patience) {
    this.window = patience.window();
    this.floor = patience.floor();
  }

  /// How long the reader may wait until the window is over.
  Duration left() {
    return window.minus(waited);
  }

  /// Counts a wait and the bytes that it brought.
  ///
  /// @throws IOException where a window is over and brought too few
  void count(Duration wait, long brought) throws IOException {
    waited = waited.plus(wait);
    bytes += brought;
    if (waited.compareTo(window) < 0) {
      return;
    }
    if (bytes < floor) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "too slow: %d bytes in %.1f s, at least %d are needed",
              bytes,
              waited.toMillis() / 1000.0,
              floor));
    }
    waited = Duration.ZERO;
    bytes = 0;
  }
}
