package imageservice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder that the object store keeps its objects in. A killed process leaves unfinished files:
/// those of objects, named `OBJECT-UUID`, and the parts of unfinished uploads, below folders whose
/// names begin with `.mpus-`. The store neither shows them as objects nor removes them.
final class ObjectFolder {
  private static final Pattern INCOMING =
      Pattern.compile(".+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /// Begin of the names of folders with parts.
  static final String UPLOADS = ".mpus-";

  private ObjectFolder() {}

  /// Removes unfinished files; called before the store starts.
  static void sweep(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> unfinished =
          files
              .filter(Files::isRegularFile)
              .filter(f -> isUnfinished(folder.relativize(f)))
              .toList();
      for (Path file : unfinished) {
        Files.delete(file);
      }
    }
  }

  private static boolean isUnfinished(Path path) {
    boolean isPart = false;
    for (Path name : path) {
      isPart = isPart || name.toString().startsWith(UPLOADS);
    }
    return isPart || INCOMING.matcher(path.getFileName().toString()).matches();
  }
}
