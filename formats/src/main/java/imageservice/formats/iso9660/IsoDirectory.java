package imageservice.formats.iso9660;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A directory; the root's name is empty. Entries are kept in the order of their names, so that
/// equal trees are written equally.
public record IsoDirectory(String name, int mode, List<IsoEntry> entries) implements IsoEntry {
  public IsoDirectory {
    if (!name.isEmpty()) {
      IsoEntry.nameBytes(name);
    }
    IsoEntry.requireMode(mode);
    entries = entries.stream().sorted(Comparator.comparing(IsoEntry::name)).toList();
    Set<String> names = new HashSet<>();
    for (IsoEntry entry : entries) {
      if (entry.name().isEmpty()) {
        throw new IllegalArgumentException("a directory without a name inside \"" + name + "\"");
      }
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException("\"" + entry.name() + "\" twice in \"" + name + "\"");
      }
    }
  }

  public static IsoDirectory root(int mode, List<IsoEntry> entries) {
    return new IsoDirectory("", mode, entries);
  }

  /// The tree that holds these files at these paths (`boot/grub/grub.cfg`). The last component of
  /// each path replaces the file's own name; directories in between get `directoryMode`.
  public static IsoDirectory ofPaths(int directoryMode, Map<String, IsoFile> files) {
    return directory("", directoryMode, new TreeMap<>(files));
  }

  private static IsoDirectory directory(String name, int mode, SortedMap<String, IsoFile> files) {
    Map<String, SortedMap<String, IsoFile>> below = new TreeMap<>();
    List<IsoEntry> entries = new ArrayList<>();
    files.forEach((path, file) -> {
      int slash = path.indexOf('/');
      if (slash < 0) {
        entries.add(new IsoFile(path, file.content(), file.mode()));
      } else {
        below
            .computeIfAbsent(path.substring(0, slash), first -> new TreeMap<>())
            .put(path.substring(slash + 1), file);
      }
    });
    below.forEach((first, rest) -> entries.add(directory(first, mode, rest)));
    return new IsoDirectory(name, mode, entries);
  }
}
