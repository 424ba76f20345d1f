package imageservice.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The file beside the tables that tells how many changes they hold. It is written after each
/// commit, so it never tells more than the tables held, however the process ended. Tables that hold
/// fewer have lost changes: MVStore opens a damaged file at its last state that is whole, and says
/// nothing.
final class ChangeCount implements AutoCloseable {
  private final RandomAccessFile file;

  /// A RandomAccessFile, since a FileChannel is closed when a thread that writes is interrupted.
  ChangeCount(Path tables) throws IOException {
    file = new RandomAccessFile(file(tables).toFile(), "rw");
  }

  static Path file(Path tables) {
    return tables.resolveSibling(tables.getFileName() + ".changes");
  }

  /// The recorded count; none where there is no file or it holds no count yet.
  static OptionalLong read(Path tables) throws CommandException {
    Path file = file(tables);
    try {
      String text = Files.exists(file) ? Files.readString(file, ISO_8859_1).strip() : "";
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new CommandException(
          "the file %s is damaged: it holds no number; delete it to go on with the tables as they are"
              .formatted(file));
    } catch (IOException e) {
      throw new CommandException("the file " + file + " cannot be read: " + Reason.of(e));
    }
  }

  /// Overwrites the count by one write of always the same length, so that the file never holds half
  /// of one.
  void write(long changes) throws IOException {
    file.seek(0);
    file.write("%019d\n".formatted(changes).getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
