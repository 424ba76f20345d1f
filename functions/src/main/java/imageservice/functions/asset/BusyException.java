package imageservice.functions.asset;

import java.io.IOException;
import java.time.Duration;

/// So many orders wait for a builder that no more are taken now. The order was not taken.
public final class BusyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /// @param message one line for clients
  /// @param retryAfter the time after which it is worth asking again
  public BusyException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
