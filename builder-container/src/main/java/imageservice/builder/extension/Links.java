package imageservice.builder.extension;

import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;

/// Follows the symbolic links of an extension's root within that root. A link that leads nowhere,
/// out of the extension or in a circle is refused: what it leads to would depend on the system that
/// reads it.
final class Links {
  /// Links followed for one path, as many as Linux follows (path_resolution(7)).
  private static final int MOST = 40;

  /// Entries of all copies together, as links to folders can multiply few entries.
  private static final int MOST_COPIES = 100_000;

  /// Bytes of all copies together.
  private static final long MOST_BYTES = 4L << 30;

  private final ExtensionRoot root;
  private int copied;
  private long bytes;

  Links(ExtensionRoot root) {
    this.root = root;
  }

  /// The entry at a path once all links of the path are followed.
  TreeEntry followed(String path) throws UnfitInputException {
    TreeEntry entry = root.rootfs().get(resolved(path));
    if (entry == null) {
      throw unfit(path, "leads to nothing in the extension");
    }
    return entry;
  }

  /// Copies an entry into `copies` under its own path; of a link, the file or the whole folder that
  /// it leads to. `0` follows `/` in ASCII.
  void copy(String path, TreeEntry entry, NavigableMap<String, TreeEntry> copies)
      throws UnfitInputException {
    if (!(entry instanceof TreeEntry.Symlink)) {
      put(path, entry, copies);
      return;
    }
    String target = resolved(path);
    TreeEntry followed = followed(path);
    put(path, followed, copies);
    if (followed instanceof TreeEntry.Directory) {
      if (target.isEmpty() || (path + "/").startsWith(target + "/")) {
        throw unfit(path, "leads to a folder that holds it");
      }
      for (var below : root.rootfs().subMap(target + "/", true, target + "0", false).entrySet()) {
        copy(path + below.getKey().substring(target.length()), below, copies);
      }
    }
  }

  /// Copies an entry of a folder that a link leads to. A link within it may lead to a file only.
  private void copy(
      String path, Map.Entry<String, TreeEntry> original, NavigableMap<String, TreeEntry> copies)
      throws UnfitInputException {
    if (original.getValue() instanceof TreeEntry.Symlink) {
      TreeEntry followed = followed(original.getKey());
      if (!(followed instanceof TreeEntry.File)) {
        throw unfit(original.getKey(), "leads to a folder from within one that is linked to");
      }
      put(path, followed, copies);
      return;
    }
    put(path, original.getValue(), copies);
  }

  private void put(String path, TreeEntry entry, NavigableMap<String, TreeEntry> copies)
      throws UnfitInputException {
    copied++;
    bytes += entry instanceof TreeEntry.File file ? file.content().length() : 0;
    if (copied > MOST_COPIES || bytes > MOST_BYTES) {
      throw Unfit.extension(
          root.name(),
          "its firmware, links followed, is more than %d files or %d bytes"
              .formatted(MOST_COPIES, MOST_BYTES));
    }
    copies.put(path, entry);
  }

  /// The path that a path leads to once every link in it is followed.
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
    return Unfit.extension(root.name(), "the link %s %s".formatted(path, problem));
  }
}
