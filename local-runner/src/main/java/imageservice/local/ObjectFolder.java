package imageservice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder that the object store keeps its objects in. A process that is killed leaves files
/// that were being written: an object's, named like it with a UUID behind, and the parts of uploads
/// that never ended, below `.mpus-`. The store shows neither as an object, and does not remove them
/// either.
final class ObjectFolder {
  private static final Pattern INCOMING =
      Pattern.compile(".+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String UPLOADS = ".mpus-";

  private ObjectFolder() {}

  /// Removes what was being written, while nobody writes.
  static void sweep(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> left =
          files.filter(Files::isRegularFile).filter(f -> isLeft(folder.relativize(f))).toList();
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  private static boolean isLeft(Path path) {
    boolean isPart = false;
    for (Path name : path) {
      isPart = isPart || name.toString().startsWith(UPLOADS);
    }
    return isPart || INCOMING.matcher(path.getFileName().toString()).matches();
  }
}
