package imageservice.builder;

import imageservice.builder.material.GrubKitException;
import java.io.IOException;

/// A function could not be set up. Its message is one line for clients: the wiring's own words
/// about its settings and its GRUB kit, and nothing of any other failure.
final class SetupException extends IOException {
  private static final long serialVersionUID = 1L;

  SetupException(Throwable cause) {
    super("the builder cannot start: " + said(cause), cause);
  }

  private static String said(Throwable cause) {
    return (cause instanceof IllegalStateException || cause instanceof GrubKitException)
            && cause.getMessage() != null
        ? cause.getMessage().lines().findFirst().orElse("")
        : FailureMessage.UNEXPECTED;
  }
}
