package imageservice.formats.iso9660;

import imageservice.formats.iso9660.Node.Folder;
import imageservice.formats.iso9660.Node.Leaf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The tree in the order of the path table (ECMA-119 6.9.1): level by level, within a level by
/// parent and identifier.
///
/// @param children by folder number − 1, each list in the order of directory records
record Tree(List<Folder> folders, List<List<Node>> children) {
  /// Parents are numbered in 16 bits.
  private static final int MAX_FOLDERS = 0xFFFF;

  static Tree of(IsoDirectory root) {
    List<Folder> folders = new ArrayList<>();
    List<List<Node>> children = new ArrayList<>();
    folders.add(new Folder(new Identifier("\0", "", true), "", 1, root, 1, 1));
    int serial = 2;
    for (int i = 0; i < folders.size(); i++) {
      List<Node> nodes = children(folders.get(i), serial, folders.size() + 1);
      nodes.stream().filter(Folder.class::isInstance).map(Folder.class::cast).forEach(folders::add);
      children.add(nodes);
      serial += nodes.size();
      if (folders.size() > MAX_FOLDERS) {
        throw new IllegalArgumentException("more than " + MAX_FOLDERS + " directories");
      }
    }
    return new Tree(List.copyOf(folders), List.copyOf(children));
  }

  Folder parent(Folder folder) {
    return folders.get(folder.parent() - 1);
  }

  List<Node> children(Folder folder) {
    return children.get(folder.number() - 1);
  }

  /// Files in the order they lie on the medium: by length, then by path.
  List<Leaf> leaves() {
    return children.stream()
        .flatMap(List::stream)
        .filter(Leaf.class::isInstance)
        .map(Leaf.class::cast)
        .sorted(
            Comparator.comparingLong((Leaf leaf) -> leaf.file().content().length())
                .thenComparing(Leaf::path))
        .toList();
  }

  private static List<Node> children(Folder parent, int serial, int number) {
    List<IsoEntry> entries = parent.directory().entries();
    List<Identifier> identifiers = Identifier.of(entries);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(identifiers::get));
    List<Node> nodes = new ArrayList<>();
    int nextNumber = number;
    for (int i : order) {
      IsoEntry entry = entries.get(i);
      String path = parent.path().isEmpty() ? entry.name() : parent.path() + "/" + entry.name();
      int own = serial + nodes.size();
      nodes.add(
          switch (entry) {
            case IsoFile file -> new Leaf(identifiers.get(i), path, own, file);
            case IsoDirectory directory ->
                new Folder(identifiers.get(i), path, own, directory, nextNumber++, parent.number());
          });
    }
    return List.copyOf(nodes);
  }
}
