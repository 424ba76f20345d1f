package imageservice.formats.xfs;

import imageservice.formats.blob.Blob;
import java.nio.charset.StandardCharsets;

/// What a file system holds, at a path without leading slash; the root directory's path is empty.
/// All of it belongs to root.
public sealed interface XfsEntry {
  /// Limit of a name, in bytes of UTF-8.
  int MAX_NAME = 255;

  String path();

  /// The twelve bits of `chmod`.
  int permissions();

  record Directory(String path, int permissions) implements XfsEntry {
    public Directory {
      if (!path.isEmpty()) {
        requirePath(path);
      }
      requirePermissions(path, permissions);
    }
  }

  record File(String path, int permissions, Blob content) implements XfsEntry {
    public File {
      requirePath(path);
      requirePermissions(path, permissions);
    }
  }

  private static void requirePath(String path) {
    require(StandardCharsets.UTF_8.newEncoder().canEncode(path), path, "is not Unicode");
    require(path.indexOf('\0') < 0, path, "contains a NUL");
    for (String name : path.split("/", -1)) {
      boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
      require(plain, path, "is not a plain relative path");
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      require(
          length <= MAX_NAME,
          path,
          "has a name of %d bytes, XFS holds %d".formatted(length, MAX_NAME));
    }
  }

  private static void requirePermissions(String path, int permissions) {
    require(
        permissions >= 0 && permissions <= 07777,
        path,
        "has permissions " + Integer.toOctalString(permissions));
  }

  private static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new IllegalArgumentException("path " + path + ": " + reason);
    }
  }
}
