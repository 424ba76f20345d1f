package imageservice.formats.modules;

import java.util.Arrays;
import java.util.List;

/// Where a module is below the folder of its kernel's release, such as `kernel/fs/btrfs/btrfs.ko`.
public record ModulePath(String path) {
  private static final List<String> SUFFIXES = List.of(".ko", ".ko.gz", ".ko.xz", ".ko.zst");

  public ModulePath {
    if (!isModule(path) || !ModuleFile.isAscii(path) || name(path).isEmpty()) {
      throw new IllegalArgumentException("no path of a module: " + path);
    }
  }

  /// Whether depmod takes what is at this path for a module: by its ending, and not below `build`
  /// or `source`, which lead to the kernel's own source.
  public static boolean isModule(String path) {
    return SUFFIXES.stream()
            .anyMatch(
                s -> path.endsWith(s) && path.length() - path.lastIndexOf('/') - 1 > s.length())
        && Arrays.stream(path.split("/", -1))
            .noneMatch(name -> name.equals("build") || name.equals("source"));
  }

  /// The module's name: that of the file up to its first dot, with `_` for `-`.
  public String name() {
    return name(path);
  }

  /// The path up to its name's end.
  String stem() {
    return path.substring(0, base(path) + name().length());
  }

  /// As `modules.order` names it: without the ending of a compressed module.
  String uncompressed() {
    return path.substring(0, stem().length() + ".ko".length());
  }

  /// The name in a line of `modules.builtin`.
  static String name(String path) {
    String base = path.substring(base(path));
    int dot = base.indexOf('.');
    return (dot < 0 ? base : base.substring(0, dot)).replace('-', '_');
  }

  private static int base(String path) {
    return path.lastIndexOf('/') + 1;
  }
}
