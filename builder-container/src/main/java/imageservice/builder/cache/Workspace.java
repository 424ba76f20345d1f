package imageservice.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Temporary files of one piece of work, gone when it ends.
public final class Workspace implements AutoCloseable {
  /// Names files that are not there yet.
  interface Names {
    Path next() throws IOException;
  }

  private final Names names;
  private final List<Path> files = new ArrayList<>();

  Workspace(Names names) {
    this.names = names;
  }

  /// A workspace in a folder of its own that lies among the system's temporary files.
  public static Workspace temporary() throws IOException {
    Path folder = Files.createTempDirectory("image-service");
    Workspace workspace = new Workspace(() -> Files.createTempFile(folder, "", ""));
    workspace.files.add(folder);
    return workspace;
  }

  /// The path of a new file, which does not exist yet.
  public Path newFile() throws IOException {
    Path file = names.next();
    Files.deleteIfExists(file);
    files.add(file);
    return file;
  }

  @Override
  public void close() throws IOException {
    for (Path file : files.reversed()) {
      Files.deleteIfExists(file);
    }
  }
}
