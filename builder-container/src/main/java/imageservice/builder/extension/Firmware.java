package imageservice.builder.extension;

import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The firmware of several extensions in one tree.
public final class Firmware {
  private Firmware() {}

  /// Entries by path; of two files at one path the later extension's. A path that is a file in one
  /// extension and a folder in another is refused.
  public static NavigableMap<String, TreeEntry> of(List<ExtensionParts> sources)
      throws UnfitInputException {
    TreeMap<String, TreeEntry> all = new TreeMap<>();
    Map<String, String> owners = new HashMap<>();
    for (ExtensionParts source : sources) {
      for (Map.Entry<String, TreeEntry> each : source.firmware().entrySet()) {
        TreeEntry earlier = all.put(each.getKey(), each.getValue());
        String owner = owners.put(each.getKey(), source.extension());
        if (earlier != null && isFolder(earlier) != isFolder(each.getValue())) {
          throw Unfit.extension(
              source.extension(),
              "%s is %s here, but %s in extension \"%s\""
                  .formatted(each.getKey(), kind(each.getValue()), kind(earlier), owner));
        }
      }
    }
    return all;
  }

  private static String kind(TreeEntry entry) {
    return isFolder(entry) ? "a folder" : "a file";
  }

  private static boolean isFolder(TreeEntry entry) {
    return entry instanceof TreeEntry.Directory;
  }
}
