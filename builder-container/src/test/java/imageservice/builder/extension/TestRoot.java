package imageservice.builder.extension;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.layers.TreeEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The root of an extension's image under construction, with the folders that its entries are in.
public final class TestRoot {
  private final BlobCache cache;
  private final TreeMap<String, TreeEntry> entries = new TreeMap<>();

  public TestRoot(BlobCache cache) {
    this.cache = cache;
  }

  /// With a manifest and an empty `rootfs`.
  public static TestRoot of(BlobCache cache, String name) throws IOException {
    return new TestRoot(cache).withManifest(manifest(name)).folder("rootfs");
  }

  /// A manifest as the extensions of the reference's miniature releases have it.
  public static String manifest(String name) {
    return """
    version: v1alpha1
    metadata:
      name: %s
      version: 1.0.0
      author: Mini Release
      description: |
        %s
      compatibility:
        talos:
          version: ">= v1.4.0"
    """
        .formatted(name, name);
  }

  public TestRoot withManifest(String yaml) throws IOException {
    return file("manifest.yaml", yaml);
  }

  public TestRoot file(String path, String content) throws IOException {
    return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
  }

  public TestRoot file(String path, int mode, byte[] content) throws IOException {
    return file(path, mode, content, null);
  }

  public TestRoot file(String path, int mode, byte[] content, @Nullable String selinux)
      throws IOException {
    return put(
        path, new TreeEntry.File(mode, selinux, cache.put(new ByteArrayInputStream(content))));
  }

  /// A file of any size. Does not close the stream.
  public TestRoot file(String path, InputStream content) throws IOException {
    return put(path, new TreeEntry.File(0644, null, cache.put(content)));
  }

  public TestRoot folder(String path) {
    return folder(path, 0755);
  }

  public TestRoot folder(String path, int mode) {
    return put(path, new TreeEntry.Directory(mode, null));
  }

  public TestRoot link(String path, String target) {
    return put(path, new TreeEntry.Symlink(0777, null, target));
  }

  public TestRoot without(String path) {
    entries.remove(path);
    return this;
  }

  public SortedMap<String, TreeEntry> entries() {
    return entries;
  }

  private TestRoot put(String path, TreeEntry entry) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      entries.putIfAbsent(path.substring(0, slash), new TreeEntry.Directory(0755, null));
    }
    entries.put(path, entry);
    return this;
  }
}
