package imageservice.builder;

import imageservice.text.Shown;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// The line of a failure that clients read. It names no file of this machine and no class; the log
/// has both.
final class FailureMessage {
  static final String UNEXPECTED = "an unexpected failure, which the builder's log has";
  private static final String FILE = "the builder cannot use one of its files: ";

  /// Characters of a line, which may quote what was fetched.
  private static final int MOST = 1500;

  private static final String UNSAID = "its log says why";

  private FailureMessage() {}

  static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException ignored -> FILE + "it is missing";
      case AccessDeniedException ignored -> FILE + "permission denied";
      case FileSystemException file -> FILE + Optional.ofNullable(file.getReason()).orElse(UNSAID);
      case FileNotFoundException ignored -> FILE + UNSAID; // its message is the path
      case IOException io when io.getMessage() != null ->
          io.getMessage().lines().findFirst().map(line -> Shown.of(line, MOST)).orElse(UNEXPECTED);
      default -> UNEXPECTED;
    };
  }
}
