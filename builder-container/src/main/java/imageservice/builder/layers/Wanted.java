package imageservice.builder.layers;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which paths of an image's root are wanted: files, each of which must be there, and folders with
/// all below them, which may be empty or missing. Paths have no leading slash; the folder `""` is
/// the root, that is, everything.
public record Wanted(Set<String> files, Set<String> folders) {
  public Wanted {
    files = Set.copyOf(files);
    folders = Set.copyOf(folders);
    files.forEach(Wanted::require);
    folders.stream().filter(folder -> !folder.isEmpty()).forEach(Wanted::require);
  }

  public static Wanted files(String... paths) {
    return new Wanted(Set.copyOf(Arrays.asList(paths)), Set.of());
  }

  public static Wanted folders(String... paths) {
    return new Wanted(Set.of(), Set.copyOf(Arrays.asList(paths)));
  }

  public static Wanted everything() {
    return folders("");
  }

  /// Whether a path is one of the files, one of the folders or below one.
  public boolean matches(String path) {
    return files.contains(path) || isWithinFolders(path);
  }

  boolean isWithinFolders(String path) {
    return folders.stream().anyMatch(folder -> isWithin(path, folder));
  }

  /// Both together.
  Wanted and(Set<String> moreFiles) {
    Set<String> all = new TreeSet<>(files);
    all.addAll(moreFiles);
    return new Wanted(all, folders);
  }

  /// Sorted, for messages.
  @Override
  public String toString() {
    return "files "
        + new TreeSet<>(files)
        + ", folders "
        + folders.stream().map(folder -> "/" + folder).sorted().collect(Collectors.toList());
  }

  private static boolean isWithin(String path, String folder) {
    return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
  }

  private static void require(String path) {
    if (!LayerPath.isPlain(path)) {
      throw new IllegalArgumentException("not a path below an image's root: " + path);
    }
  }
}
