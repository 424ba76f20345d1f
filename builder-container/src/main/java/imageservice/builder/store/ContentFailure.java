package imageservice.builder.store;

import java.io.IOException;
import java.util.Optional;

/// Content that could not be read while it was stored: told apart from what the store says, through
/// whatever the client wraps it in.
final class ContentFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException failure;

  ContentFailure(IOException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /// The failure of the content behind this one, where that is what it comes from.
  static Optional<IOException> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContentFailure content) {
        return Optional.of(content.failure);
      }
    }
    return Optional.empty();
  }
}
