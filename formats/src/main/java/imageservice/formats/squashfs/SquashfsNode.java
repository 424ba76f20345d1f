package imageservice.formats.squashfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entry in its tree.
///
/// @param number of the inode: from 1, in the order inodes are written, children before parents
/// @param children sorted by the bytes of their names, as Linux looks them up
record SquashfsNode(SquashfsEntry entry, int number, List<SquashfsNode> children) {
  SquashfsNode {
    children = List.copyOf(children);
  }

  String name() {
    return SquashfsPath.name(entry.path());
  }

  /// The root of the tree of these entries, given in any order.
  ///
  /// @throws IllegalArgumentException where two entries have one path, or the directory of one or
  ///   the root is missing
  static SquashfsNode tree(List<? extends SquashfsEntry> entries) {
    Map<String, SquashfsEntry> byPath = new HashMap<>();
    for (SquashfsEntry entry : entries) {
      require(byPath.put(entry.path(), entry) == null, entry, "is there twice");
    }
    Map<String, List<SquashfsEntry>> byParent = new HashMap<>();
    for (SquashfsEntry entry : entries) {
      if (!entry.path().isEmpty()) {
        String parent = SquashfsPath.parent(entry.path());
        require(
            byPath.get(parent) instanceof SquashfsEntry.Directory,
            entry,
            "its directory is missing");
        byParent.computeIfAbsent(parent, path -> new ArrayList<>()).add(entry);
      }
    }
    @Nullable SquashfsEntry root = byPath.get("");
    if (root == null) {
      throw new IllegalArgumentException("the root directory is missing");
    }
    return new Numbering(byParent).node(root);
  }

  private static void require(boolean holds, SquashfsEntry entry, String reason) {
    if (!holds) {
      throw new IllegalArgumentException("entry " + entry.path() + ": " + reason);
    }
  }

  private static final class Numbering {
    private static final Comparator<SquashfsEntry> BY_NAME =
        Comparator.comparing(e -> SquashfsPath.bytes(e.path()), Arrays::compareUnsigned);

    private final Map<String, List<SquashfsEntry>> byParent;
    private int last;

    Numbering(Map<String, List<SquashfsEntry>> byParent) {
      this.byParent = byParent;
    }

    /// As deep as a path of 4095 bytes has components.
    SquashfsNode node(SquashfsEntry entry) {
      List<SquashfsNode> children =
          byParent.getOrDefault(entry.path(), List.of()).stream()
              .sorted(BY_NAME)
              .map(this::node)
              .toList();
      return new SquashfsNode(entry, ++last, children);
    }
  }
}
