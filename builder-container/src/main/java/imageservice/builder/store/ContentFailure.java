package imageservice.builder.store;

import java.io.IOException;
import java.util.Optional;

/// A failure to read content while it is stored, told apart from failures of the store however the
/// S3 client wraps it. Unchecked, as the client repeats a request after an IOException, and reading
/// the content again would fail again.
final class ContentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContentFailure(Exception failure) {
    super(failure.getMessage(), failure);
  }

  /// The failure to read content among the causes of `thrown`.
  static Optional<ContentFailure> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContentFailure content) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  /// The exception of the content, returned where it is an IOException, thrown otherwise.
  IOException rethrow() {
    return switch (getCause()) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case null, default -> throw this;
    };
  }
}
