package imageservice.builder.sign;

import java.io.IOException;

/// The builder has not the keys that a plan names, or its own do not belong together.
public final class SigningException extends IOException {
  private static final long serialVersionUID = 1L;

  SigningException(String message) {
    super(message);
  }
}
