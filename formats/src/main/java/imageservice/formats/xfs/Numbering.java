package imageservice.formats.xfs;

import imageservice.formats.tree.PathTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Gives the entries of a tree their inodes: those of one directory in a row, then, depth first,
/// those of the directories in it.
final class Numbering {
  /// The root and two of a realtime device, which must be there.
  static final int FIXED = 3;

  private final List<Node> nodes = new ArrayList<>();
  private long next;

  private Numbering(long next) {
    this.next = next;
  }

  /// Nodes in the order of their inodes, the root first.
  ///
  /// @throws IllegalArgumentException where the entries make no tree
  static List<Node> of(long rootInode, Collection<? extends XfsEntry> entries) {
    PathTree<XfsEntry> root =
        PathTree.of(
            PathTree.byPath(entries, XfsEntry::path),
            XfsEntry.Directory.class::isInstance,
            PathTree.Implied.NONE);
    Numbering numbering = new Numbering(rootInode + FIXED);
    numbering.add(root, rootInode, rootInode);
    return numbering.nodes.stream().sorted(Comparator.comparingLong(Node::inode)).toList();
  }

  /// As deep as the longest path has components.
  private void add(PathTree<XfsEntry> place, long inode, long parent) {
    List<Link> links = new ArrayList<>();
    for (PathTree<XfsEntry> child : place.children()) {
      boolean directory = child.entry().orElseThrow() instanceof XfsEntry.Directory;
      links.add(new Link(child.name(), directory, next++));
    }
    nodes.add(new Node(inode, parent, place.entry().orElseThrow(), links));
    for (int i = 0; i < links.size(); i++) {
      add(place.children().get(i), links.get(i).inode(), inode);
    }
  }
}
