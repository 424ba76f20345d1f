package imageservice.builder.store;

import java.io.IOException;
import java.util.Optional;

/// Content that could not be read while it was stored: told apart from what the store says, through
/// whatever the client wraps it in. Unchecked, for the client tries again after an IOException, and
/// reading again what cannot be read helps nobody.
final class ContentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContentFailure(Exception failure) {
    super(failure.getMessage(), failure);
  }

  /// The content's failure behind this one, where that is what it comes from.
  static Optional<ContentFailure> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContentFailure content) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  /// Throws what the content threw.
  IOException rethrow() {
    return switch (getCause()) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case null, default -> throw this;
    };
  }
}
