package imageservice.builder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/// The line of a failure that clients read. It names no file of this machine, and of a defect the
/// class alone; the log has the rest.
final class FailureMessage {
  private FailureMessage() {}

  static String of(Exception e) {
    String name = e.getClass().getSimpleName();
    return switch (e) {
      case FileSystemException file ->
          "the builder cannot use one of its files: "
              + Optional.ofNullable(file.getReason()).orElse(name);
      case IOException io when io.getMessage() != null ->
          io.getMessage().lines().findFirst().orElse(name);
      default -> "an unexpected " + name;
    };
  }
}
