package imageservice.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be read or written, for people: the messages of several of Java's file
/// exceptions are only the file's name.
final class Reason {
  private Reason() {}

  static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileSystemException file when file.getReason() == null ->
          "the file " + file.getFile() + " cannot be used";
      default -> e.getMessage() == null ? "an input or output error" : e.getMessage();
    };
  }
}
