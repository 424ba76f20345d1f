package imageservice.builder.layers;

import java.util.List;
import java.util.Optional;

/// Names of layer entries as paths below the root: no leading `./`, no trailing slash, none of `.`,
/// `..` and nothing.
final class LayerPath {
  /// Bytes of a path on Linux, PATH_MAX.
  private static final int MAX_LENGTH = 4096;

  private LayerPath() {}

  static boolean isPlain(String path) {
    return path.length() < MAX_LENGTH
        && path.indexOf('\0') < 0
        && List.of(path.split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  /// The path of an entry's name, `""` for the root itself, nothing for one that leads elsewhere.
  static Optional<String> parse(String name) {
    String path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.isEmpty() ? !name.startsWith("/") && !name.isEmpty() : path.equals(".")) {
      return Optional.of("");
    }
    return isPlain(path) ? Optional.of(path) : Optional.empty();
  }

  /// The folder that holds a path, `""` for the root.
  static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
