package imageservice.builder.sign;

import java.io.IOException;

/// The builder has not the key that a plan names.
public final class SigningException extends IOException {
  private static final long serialVersionUID = 1L;

  SigningException(String message) {
    super(message);
  }
}
