package imageservice.builder.extension;

import imageservice.builder.layers.TreeEntry;
import imageservice.builder.material.UnfitInputException;
import imageservice.plan.ExtensionManifest;
import imageservice.release.TalosVersion;
import imageservice.release.VersionRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The root of an extension's image: a manifest, and below `rootfs` the files that are laid over
/// the root of Talos.
///
/// @param name as configurations spell it, for messages
/// @param rootfs entries by path without leading slash, the root's own path being empty; with all
///   folders that an entry lies in
public record ExtensionRoot(
    String name, ExtensionManifest manifest, NavigableMap<String, TreeEntry> rootfs) {
  /// Bytes of a manifest at most.
  static final int MANIFEST_LIMIT = 1 << 16;

  private static final String MANIFEST = "manifest.yaml";
  private static final String ROOTFS = "rootfs";
  private static final TreeEntry.Directory FOLDER = new TreeEntry.Directory(0755, null);

  /// Permissions that the owner of an unpacked folder always has.
  private static final int OWNER = 0700;

  /// The root made of an image's entries; refuses an image that is no extension.
  public static ExtensionRoot of(String name, SortedMap<String, TreeEntry> entries)
      throws IOException {
    if (!(entries.getOrDefault(ROOTFS, FOLDER) instanceof TreeEntry.Directory root)) {
      throw Unfit.extension(name, "rootfs is no folder");
    }
    TreeMap<String, TreeEntry> rootfs = new TreeMap<>();
    rootfs.put("", new TreeEntry.Directory(root.mode() | OWNER, root.selinux()));
    for (var entry : entries.entrySet()) {
      String path = entry.getKey();
      if (path.startsWith(ROOTFS + "/")) {
        put(rootfs, path.substring(ROOTFS.length() + 1), entry.getValue());
      } else if (!path.equals(MANIFEST) && !path.equals(ROOTFS)) {
        throw Unfit.extension(name, "unexpected file \"%s\"".formatted(path));
      }
    }
    if (!entries.containsKey(ROOTFS) && rootfs.size() == 1) {
      throw Unfit.extension(name, "has no folder rootfs");
    }
    return new ExtensionRoot(name, manifest(name, entries), rootfs);
  }

  /// Refuses a version of Talos that the extension is not for.
  public void requireFor(TalosVersion version) throws UnfitInputException {
    String constraint = manifest.talosVersions();
    if (constraint.isEmpty()) {
      return;
    }
    Optional<VersionRange> range = VersionRange.parse(constraint);
    if (range.isEmpty()) {
      throw Unfit.extension(
          name, "version constraint \"%s\" is no range of versions".formatted(constraint));
    }
    if (!range.get().contains(version.release())) {
      throw Unfit.extension(
          name,
          "version constraint %s can't be satisfied with Talos version %s"
              .formatted(constraint, version.number()));
    }
  }

  private static ExtensionManifest manifest(String name, SortedMap<String, TreeEntry> entries)
      throws IOException {
    if (!(entries.get(MANIFEST) instanceof TreeEntry.File file)) {
      throw Unfit.extension(name, "has no file manifest.yaml");
    }
    if (file.content().length() > MANIFEST_LIMIT) {
      throw Unfit.extension(name, "manifest.yaml has more than %d bytes".formatted(MANIFEST_LIMIT));
    }
    return ManifestYaml.parse(
        name, new String(file.content().bytes(MANIFEST_LIMIT), StandardCharsets.UTF_8));
  }

  private static void put(TreeMap<String, TreeEntry> rootfs, String path, TreeEntry entry) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      rootfs.putIfAbsent(path.substring(0, slash), FOLDER);
    }
    rootfs.put(
        path,
        entry instanceof TreeEntry.Directory directory
            ? new TreeEntry.Directory(directory.mode() | OWNER, directory.selinux())
            : entry);
  }
}
