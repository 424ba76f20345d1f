package imageservice.formats.fat;

import imageservice.formats.tree.PathTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A directory; the root's name is empty. Entries are kept in the order of their names, so that
/// equal trees are written equally.
public record FatDirectory(String name, List<FatEntry> entries) implements FatEntry {
  public FatDirectory {
    if (!name.isEmpty()) {
      FatEntry.requireName(name);
    }
    entries = entries.stream().sorted(Comparator.comparing(FatEntry::name)).toList();
    Map<String, String> names = new HashMap<>();
    for (FatEntry entry : entries) {
      if (entry.name().isEmpty()) {
        throw new IllegalArgumentException("a directory without a name inside \"" + name + "\"");
      }
      String other = names.put(folded(entry.name()), entry.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "\"%s\" and \"%s\" in \"%s\" are one name to FAT".formatted(other, entry.name(), name));
      }
    }
  }

  /// The tree that holds these files at these paths (`EFI/BOOT/BOOTX64.EFI`). The last component of
  /// each path replaces the file's own name.
  public static FatDirectory ofPaths(Map<String, FatFile> files) {
    return directory(PathTree.of(files, file -> false, PathTree.Implied.ALL));
  }

  private static FatDirectory directory(PathTree<FatFile> tree) {
    List<FatEntry> entries = new ArrayList<>();
    for (PathTree<FatFile> child : tree.children()) {
      Optional<FatFile> file = child.entry();
      entries.add(file.isPresent() ? file.get().named(child.name()) : directory(child));
    }
    return new FatDirectory(tree.name(), entries);
  }

  /// Equal for names that no directory can hold both of: unit by unit, as readers compare.
  private static String folded(String name) {
    StringBuilder folded = new StringBuilder();
    name.chars()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(c -> folded.append((char) c));
    return folded.toString();
  }
}
