package imageservice.builder.layers;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.SideFiles;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which files images have, as far as it was found out, in one side file of the cache for each
/// image and architecture: `files/<image's hex>/<architecture>.json`. With it, a warm start needs
/// neither a source nor an unpacking.
final class FileIndex {
  /// What was found out of one image.
  ///
  /// @param folders whose entries are all among `entries`
  record Known(Set<String> folders, SortedMap<String, TreeEntry> entries) {
    static final Known NOTHING = new Known(Set.of(), new TreeMap<>());

    Known {
      folders = Set.copyOf(folders);
      entries = new TreeMap<>(entries);
    }

    /// The wanted entries, where all of them are known.
    Optional<SortedMap<String, TreeEntry>> select(Wanted wanted) {
      boolean all =
          wanted.files().stream().allMatch(path -> entries.get(path) instanceof TreeEntry.File)
              && wanted.folders().stream()
                  .allMatch(Wanted.folders(folders.toArray(String[]::new))::matches);
      SortedMap<String, TreeEntry> selected = new TreeMap<>(entries);
      selected.keySet().removeIf(path -> !wanted.matches(path));
      return all ? Optional.of(selected) : Optional.empty();
    }

    /// This with what was found for `wanted`.
    Known and(Wanted wanted, SortedMap<String, TreeEntry> found) {
      Set<String> allFolders = new HashSet<>(folders);
      allFolders.addAll(wanted.folders());
      SortedMap<String, TreeEntry> all = new TreeMap<>(entries);
      all.putAll(found);
      return new Known(allFolders, all);
    }
  }

  private final BlobCache cache;
  private final SideFiles indexes;

  FileIndex(BlobCache cache) {
    this.cache = cache;
    this.indexes = cache.sideFiles("files");
  }

  /// What is known of an image; of files whose contents were evicted, nothing.
  Known load(Digest image, Architecture architecture) throws IOException {
    Optional<byte[]> json = indexes.read(name(image, architecture));
    try {
      return json.isPresent() ? FileIndexJson.decode(json.get(), cache::find) : Known.NOTHING;
    } catch (MalformedJsonException e) {
      return Known.NOTHING;
    }
  }

  void save(Digest image, Architecture architecture, Known known) throws IOException {
    indexes.write(name(image, architecture), FileIndexJson.encode(known));
  }

  private static String name(Digest image, Architecture architecture) {
    return image.hex() + "/" + architecture + ".json";
  }
}
