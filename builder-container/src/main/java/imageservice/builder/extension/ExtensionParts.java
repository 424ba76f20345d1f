package imageservice.builder.extension;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// An extension's root, taken apart: CPU microcode goes in front of the initramfs, firmware beside
/// the extension's image, as the kernel asks for both before any extension is mounted.
///
/// @param extension its name, for messages
/// @param layer what stays in the extension's image, by path
/// @param firmware by path within the initramfs; files and folders only
/// @param intelMicrocode in the order of their names
/// @param amdMicrocode in the order of their names
public record ExtensionParts(
    String extension,
    NavigableMap<String, TreeEntry> layer,
    NavigableMap<String, TreeEntry> firmware,
    List<Blob> intelMicrocode,
    List<Blob> amdMicrocode) {
  public static ExtensionParts of(ExtensionRoot root, SystemFolders folders) throws IOException {
    Links links = new Links(root);
    TreeMap<String, TreeEntry> layer = new TreeMap<>(root.rootfs());
    List<Blob> intel = take(layer, links, folders.firmware() + "/intel-ucode/", "");
    List<Blob> amd =
        take(layer, links, folders.firmware() + "/amd-ucode/", "microcode_amd", ".bin");
    return new ExtensionParts(
        root.name(), layer, firmware(layer, links, folders.firmware()), intel, amd);
  }

  /// Removes from the layer the files directly in `folder` whose names begin with the first of
  /// `ends` and end with the last; returns their contents.
  private static List<Blob> take(
      TreeMap<String, TreeEntry> layer, Links links, String folder, String... ends)
      throws IOException {
    List<Blob> taken = new ArrayList<>();
    for (String path : List.copyOf(layer.tailMap(folder, false).keySet())) {
      if (!path.startsWith(folder)) {
        break;
      }
      String name = path.substring(folder.length());
      boolean matches = name.startsWith(ends[0]) && name.endsWith(ends[ends.length - 1]);
      if (!name.contains("/")
          && matches
          && !(layer.get(path) instanceof TreeEntry.Directory)
          && links.followed(path) instanceof TreeEntry.File file) {
        taken.add(file.content());
        layer.remove(path);
      }
    }
    return taken;
  }

  /// Removes the folder of firmware, with all below it, from the layer; returns it with links
  /// replaced by what they lead to. `0` follows `/` in ASCII.
  private static NavigableMap<String, TreeEntry> firmware(
      TreeMap<String, TreeEntry> layer, Links links, String folder) throws IOException {
    TreeMap<String, TreeEntry> firmware = new TreeMap<>();
    if (!(layer.get(folder) instanceof TreeEntry.Directory)) {
      return firmware;
    }
    NavigableMap<String, TreeEntry> below = layer.subMap(folder + "/", true, folder + "0", false);
    for (var entry : below.entrySet()) {
      links.copy(entry.getKey(), entry.getValue(), firmware);
    }
    for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
      String above = folder.substring(0, slash);
      firmware.put(above, new TreeEntry.Directory(0755, null));
    }
    firmware.put(folder, new TreeEntry.Directory(layer.get(folder).mode(), null));
    below.clear();
    layer.remove(folder);
    return firmware;
  }
}
