package imageservice.builder.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The paths of one layer, or of several put on each other (OCI image specification, layer
/// filesystem changeset). A whiteout hides what layers below have, never what its own layer has.
final class LayerTree {
  /// What is at a path.
  sealed interface Node {
    /// An entry that the image has here; a wanted file's content is in the cache.
    record Kept(TreeEntry entry) implements Node {}

    /// A regular file that is not wanted: its content was read and not kept.
    record Skipped() implements Node {}

    /// A hard link to a file whose content is not kept.
    ///
    /// @param target the path of that file
    record Linked(String target) implements Node {}

    /// A device, a pipe or a socket, which is never made.
    record Special(String kind) implements Node {}
  }

  private final NavigableMap<String, Node> nodes = new TreeMap<>();
  private final List<String> whiteouts = new ArrayList<>();
  private final List<String> opaques = new ArrayList<>();

  NavigableMap<String, Node> nodes() {
    return nodes;
  }

  @Nullable Node get(String path) {
    return nodes.get(path);
  }

  /// A later entry of a layer replaces an earlier one.
  void put(String path, Node node) {
    for (String above = LayerPath.parent(path); !above.isEmpty(); above = LayerPath.parent(above)) {
      Node there = nodes.get(above);
      if (there != null && !isDirectory(there)) {
        nodes.remove(above);
      }
    }
    if (!isDirectory(node)) {
      removeBelow(path);
    }
    nodes.put(path, node);
  }

  /// Hides a path of the layers below: the layer has a whiteout for it.
  void whiteOut(String path) {
    whiteouts.add(path);
  }

  /// Hides all that the layers below have in a folder: the layer has an opaque whiteout there.
  void makeOpaque(String folder) {
    opaques.add(folder);
  }

  /// Puts a layer on this tree: first its whiteouts, then its entries.
  void apply(LayerTree upper) {
    for (String path : upper.whiteouts) {
      removeBelow(path);
      nodes.remove(path);
    }
    upper.opaques.forEach(this::removeBelow);
    upper.nodes.forEach(this::put);
  }

  private static boolean isDirectory(Node node) {
    return node instanceof Node.Kept(TreeEntry.Directory ignored);
  }

  private void removeBelow(String folder) {
    if (folder.isEmpty()) {
      nodes.clear();
    } else {
      nodes.subMap(folder + "/", true, folder + "0", false).clear(); // '0' follows '/'
    }
  }
}
