package imageservice.formats.fat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The tree, directories level by level and files in the order they lie on the medium, by length
/// and then by path.
record FatTree(List<Folder> folders, List<Leaf> leaves) {
  /// A directory with the names of its entries.
  ///
  /// @param parent index in the list of folders; the root is its own parent
  record Folder(int parent, FatDirectory directory, String path, List<Naming> names) {
    /// Bytes of the entries, "." and ".." too.
    ///
    /// @param extra entries besides those of the tree
    long length(int extra) {
      return 32L * (extra + names.stream().mapToInt(Naming::slots).sum());
    }
  }

  record Leaf(String path, FatFile file) {}

  /// Entries that every directory but the root has: "." and "..".
  static final int DOTS = 2;

  static FatTree of(FatDirectory root) {
    List<Folder> folders = new ArrayList<>();
    List<Leaf> leaves = new ArrayList<>();
    folders.add(new Folder(0, root, "", Naming.of(root.entries())));
    for (int i = 0; i < folders.size(); i++) {
      Folder folder = folders.get(i);
      for (FatEntry entry : folder.directory().entries()) {
        String path = path(folder, entry);
        switch (entry) {
          case FatFile file -> leaves.add(new Leaf(path, file));
          case FatDirectory inner ->
              folders.add(new Folder(i, inner, path, Naming.of(inner.entries())));
        }
      }
    }
    leaves.sort(
        Comparator.comparingLong((Leaf leaf) -> leaf.file().content().length())
            .thenComparing(Leaf::path));
    return new FatTree(List.copyOf(folders), List.copyOf(leaves));
  }

  static String path(Folder folder, FatEntry entry) {
    return folder.path().isEmpty() ? entry.name() : folder.path() + "/" + entry.name();
  }

  /// Clusters of all files and of all directories but the root.
  long clusters(int clusterBytes) {
    long inFolders =
        folders.stream()
            .skip(1)
            .mapToLong(folder -> Math.ceilDiv(folder.length(DOTS), clusterBytes))
            .sum();
    return inFolders
        + leaves.stream()
            .mapToLong(leaf -> Math.ceilDiv(leaf.file().content().length(), clusterBytes))
            .sum();
  }
}
