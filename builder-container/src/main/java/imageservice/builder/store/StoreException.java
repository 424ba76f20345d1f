package imageservice.builder.store;

import java.io.IOException;

/// An asset that could not be stored.
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
