package imageservice.builder.store;

import java.io.IOException;

/// The store of assets refused a request, or could not be reached.
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
