package imageservice.formats.fat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

  public static FatDirectory root(List<FatEntry> entries) {
    return new FatDirectory("", entries);
  }

  /// The tree that holds these files at these paths (`EFI/BOOT/BOOTX64.EFI`). The last component of
  /// each path replaces the file's own name.
  public static FatDirectory ofPaths(Map<String, FatFile> files) {
    return directory("", new TreeMap<>(files));
  }

  private static FatDirectory directory(String name, SortedMap<String, FatFile> files) {
    Map<String, SortedMap<String, FatFile>> below = new TreeMap<>();
    List<FatEntry> entries = new ArrayList<>();
    files.forEach((path, file) -> {
      int slash = path.indexOf('/');
      if (slash < 0) {
        entries.add(new FatFile(path, file.content(), file.readOnly()));
      } else {
        below
            .computeIfAbsent(path.substring(0, slash), first -> new TreeMap<>())
            .put(path.substring(slash + 1), file);
      }
    });
    below.forEach((first, rest) -> entries.add(directory(first, rest)));
    return new FatDirectory(name, entries);
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
