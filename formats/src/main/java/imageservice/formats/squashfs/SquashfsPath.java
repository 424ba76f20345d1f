package imageservice.formats.squashfs;

import java.nio.charset.StandardCharsets;

/// Paths Linux can reach.
public final class SquashfsPath {
  /// `PATH_MAX` without the NUL, in bytes.
  public static final int MAX = 4095;

  /// In bytes.
  public static final int NAME_MAX = 255;

  private SquashfsPath() {}

  /// @throws IllegalArgumentException where Linux cannot reach this path
  public static void check(String path) {
    require(StandardCharsets.UTF_8.newEncoder().canEncode(path), path, "is not Unicode");
    require(path.indexOf('\0') < 0, path, "contains a NUL");
    require(bytes(path).length <= MAX, path, "is longer than 4095 bytes");
    for (String name : path.split("/", -1)) {
      boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..");
      require(plain, path, "is not a plain relative path");
      require(bytes(name).length <= NAME_MAX, path, "has a name longer than 255 bytes");
    }
  }

  /// A path or name as it is stored.
  public static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new IllegalArgumentException("path " + path + ": " + reason);
    }
  }
}
