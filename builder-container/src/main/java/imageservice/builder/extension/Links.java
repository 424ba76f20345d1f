package imageservice.builder.extension;

import imageservice.builder.fetch.TreeEntry;
import imageservice.builder.fetch.UnfitInputException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NavigableMap;

/// Follows the symbolic links of an extension's root within it. One that leads nowhere, out of the
/// extension or in a circle is refused: what it means depends on where it is read.
final class Links {
  /// As many as Linux follows (path_resolution(7)).
  private static final int MOST = 40;

  private final ExtensionRoot root;

  Links(ExtensionRoot root) {
    this.root = root;
  }

  /// What is at a path once links are followed.
  TreeEntry followed(String path) throws UnfitInputException {
    TreeEntry entry = root.rootfs().get(resolved(path));
    if (entry == null) {
      throw unfit(path, "leads to nothing in the extension");
    }
    return entry;
  }

  /// Puts an entry, and what a link to a folder leads to, into `copies` under its own path.
  void copy(String path, TreeEntry entry, NavigableMap<String, TreeEntry> copies)
      throws UnfitInputException {
    if (!(entry instanceof TreeEntry.Symlink)) {
      copies.put(path, entry);
      return;
    }
    String target = resolved(path);
    TreeEntry followed = followed(path);
    copies.put(path, followed);
    if (followed instanceof TreeEntry.Directory) {
      if ((path + "/").startsWith(target + "/")) {
        throw unfit(path, "leads to a folder that holds it");
      }
      for (var below : root.rootfs().subMap(target + "/", true, target + "0", false).entrySet()) {
        copy(path + below.getKey().substring(target.length()), below, copies);
      }
    }
  }

  /// Within a folder that a link leads to, links are refused: they mean another place there.
  private void copy(
      String path,
      java.util.Map.Entry<String, TreeEntry> original,
      NavigableMap<String, TreeEntry> copies)
      throws UnfitInputException {
    if (original.getValue() instanceof TreeEntry.Symlink) {
      TreeEntry followed = followed(original.getKey());
      if (!(followed instanceof TreeEntry.File)) {
        throw unfit(original.getKey(), "leads to a folder from within one that is linked to");
      }
      copies.put(path, followed);
      return;
    }
    copies.put(path, original.getValue());
  }

  private String resolved(String path) throws UnfitInputException {
    Deque<String> ahead = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
    String place = "";
    int followed = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.pop();
      if (name.equals("..")) {
        if (place.isEmpty()) {
          throw unfit(path, "leads out of the extension");
        }
        place = place.substring(0, Math.max(place.lastIndexOf('/'), 0));
      } else if (!name.isEmpty() && !name.equals(".")) {
        String next = place.isEmpty() ? name : place + "/" + name;
        if (root.rootfs().get(next) instanceof TreeEntry.Symlink link) {
          if (++followed > MOST) {
            throw unfit(path, "leads in a circle");
          }
          place = link.target().startsWith("/") ? "" : place;
          Arrays.asList(link.target().split("/", -1)).reversed().forEach(ahead::push);
        } else {
          place = next;
        }
      }
    }
    return place;
  }

  private UnfitInputException unfit(String path, String problem) {
    return ExtensionRoot.unfit(root.name(), "the link %s %s".formatted(path, problem));
  }
}
