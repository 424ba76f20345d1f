package imageservice.formats.xfs;

import java.util.List;

/// An entry with the numbers that the tree gives it.
///
/// @param inode its own
/// @param parent inode of its directory; the root is its own parent
/// @param links what lies in it, empty for files
record Node(long inode, long parent, XfsEntry entry, List<Link> links) {
  Node {
    links = List.copyOf(links);
  }

  /// Links of a directory: its own name or, for the root, "..", then ".", and a ".." of each inner.
  long linkCount() {
    return switch (entry) {
      case XfsEntry.Directory ignored -> 2 + links.stream().filter(Link::directory).count();
      case XfsEntry.File ignored -> 1;
    };
  }
}
