package imageservice.formats.squashfs;

import imageservice.formats.tree.PathTree;
import java.util.ArrayList;
import java.util.List;

/// An entry in its tree.
///
/// @param number of the inode: from 1, in the order inodes are written, children before parents
/// @param children sorted by the bytes of their names, as Linux looks them up
record SquashfsNode(SquashfsEntry entry, int number, List<SquashfsNode> children) {
  SquashfsNode {
    children = List.copyOf(children);
  }

  String name() {
    return entry.path().substring(entry.path().lastIndexOf('/') + 1);
  }

  /// The root of the tree of these entries, given in any order.
  ///
  /// @throws IllegalArgumentException where two entries have one path, or the directory of one or
  ///   the root is missing
  static SquashfsNode tree(List<? extends SquashfsEntry> entries) {
    PathTree<SquashfsEntry> tree =
        PathTree.of(
            PathTree.byPath(entries, SquashfsEntry::path),
            SquashfsEntry.Directory.class::isInstance,
            PathTree.Implied.NONE);
    return numbered(tree, 1);
  }

  /// @param first number of the inode that is written first
  private static SquashfsNode numbered(PathTree<SquashfsEntry> tree, int first) {
    int next = first;
    List<SquashfsNode> children = new ArrayList<>();
    for (PathTree<SquashfsEntry> child : tree.children()) {
      SquashfsNode node = numbered(child, next);
      children.add(node);
      next = node.number() + 1;
    }
    return new SquashfsNode(tree.entry().orElseThrow(), next, children);
  }
}
