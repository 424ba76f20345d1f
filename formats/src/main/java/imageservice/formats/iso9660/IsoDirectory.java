package imageservice.formats.iso9660;

import imageservice.formats.tree.PathTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /// The tree that holds these files at these paths (`boot/grub/grub.cfg`). The last component of
  /// each path replaces the file's own name; directories in between get `directoryMode`.
  public static IsoDirectory ofPaths(int directoryMode, Map<String, IsoFile> files) {
    return directory(PathTree.of(files, file -> false, PathTree.Implied.ALL), directoryMode);
  }

  private static IsoDirectory directory(PathTree<IsoFile> tree, int mode) {
    List<IsoEntry> entries = new ArrayList<>();
    for (PathTree<IsoFile> child : tree.children()) {
      Optional<IsoFile> file = child.entry();
      entries.add(file.isPresent() ? file.get().named(child.name()) : directory(child, mode));
    }
    return new IsoDirectory(tree.name(), mode, entries);
  }
}
