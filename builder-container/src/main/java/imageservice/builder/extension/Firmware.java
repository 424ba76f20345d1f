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

  /// All of it, by path; of two files at one path the later extension's. What is a file for one and
  /// a folder for another cannot be both.
  public static NavigableMap<String, TreeEntry> of(List<ExtensionParts> sources)
      throws UnfitInputException {
    TreeMap<String, TreeEntry> all = new TreeMap<>();
    Map<String, String> owners = new HashMap<>();
    for (ExtensionParts source : sources) {
      for (Map.Entry<String, TreeEntry> each : source.firmware().entrySet()) {
        TreeEntry there = all.put(each.getKey(), each.getValue());
        String owner = owners.put(each.getKey(), source.extension());
        if (there != null && isFolder(there) != isFolder(each.getValue())) {
          throw Unfit.extension(
              source.extension(),
              "%s is %s here, but %s in extension \"%s\""
                  .formatted(each.getKey(), kind(each.getValue()), kind(there), owner));
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
