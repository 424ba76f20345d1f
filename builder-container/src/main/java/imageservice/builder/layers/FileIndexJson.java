package imageservice.builder.layers;

import com.fasterxml.jackson.jr.ob.JSON;
import imageservice.builder.cache.CachedBlob;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes and reads the index of one image's files. `VERSION` changes when the rules of flattening
/// do, so that an index made under other rules is not believed.
final class FileIndexJson {
  private static final int VERSION = 1;

  interface Blobs {
    Optional<CachedBlob> find(Digest digest) throws IOException;
  }

  private FileIndexJson() {}

  static byte[] encode(FileIndex.Known known) throws IOException {
    List<Map<String, Object>> entries = new ArrayList<>();
    known.entries().forEach((path, entry) -> entries.add(encode(path, entry)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", VERSION);
    document.put("folders", known.folders().stream().sorted().toList());
    document.put("entries", entries);
    return JSON.std.asBytes(document);
  }

  /// Leaves out files whose content was evicted; then no folder counts as wholly known.
  static FileIndex.Known decode(byte[] json, Blobs blobs)
      throws IOException, MalformedJsonException {
    JsonFields document = JsonFields.parse(json);
    if (document.number("version") != VERSION) {
      throw new MalformedJsonException("another version");
    }
    Set<String> folders = new HashSet<>(document.texts("folders"));
    SortedMap<String, TreeEntry> entries = new TreeMap<>();
    for (JsonFields fields : document.objects("entries")) {
      Optional<TreeEntry> entry = entry(fields, blobs);
      if (entry.isPresent()) {
        entries.put(fields.text("path"), entry.get());
      } else {
        folders.clear();
      }
    }
    return new FileIndex.Known(folders, entries);
  }

  private static Map<String, Object> encode(String path, TreeEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", path);
    fields.put("mode", entry.mode());
    if (entry.selinux() != null) {
      fields.put("selinux", entry.selinux());
    }
    switch (entry) {
      case TreeEntry.File file -> fields.put("file", file.content().digest().value());
      case TreeEntry.Symlink link -> fields.put("symlink", link.target());
      case TreeEntry.Directory ignored -> fields.put("directory", true);
    }
    return fields;
  }

  private static Optional<TreeEntry> entry(JsonFields fields, Blobs blobs)
      throws IOException, MalformedJsonException {
    int mode = (int) fields.number("mode");
    String selinux = fields.optionalText("selinux").orElse(null);
    if (fields.has("file")) {
      return blobs
          .find(digest(fields.text("file")))
          .map(content -> new TreeEntry.File(mode, selinux, content));
    }
    return Optional.of(
        fields.has("symlink")
            ? new TreeEntry.Symlink(mode, selinux, fields.text("symlink"))
            : new TreeEntry.Directory(mode, selinux));
  }

  private static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("file: not a sha256 digest: " + text));
  }
}
