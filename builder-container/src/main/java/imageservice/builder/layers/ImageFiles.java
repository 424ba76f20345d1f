package imageservice.builder.layers;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.Retries;
import imageservice.builder.oci.SourceException;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Finds the files of images in their layers and keeps them in one cache. Files that were found
/// once are found without a layer, after a restart too. One thread at a time unpacks an image.
public final class ImageFiles {
  private record Platform(Digest image, Architecture architecture) {}

  private static final Wanted NOTHING = new Wanted(Set.of(), Set.of());

  private final BlobCache cache;
  private final FileIndex index;
  private final Map<Platform, Lock> turns = new ConcurrentHashMap<>();

  public ImageFiles(BlobCache cache) {
    this.cache = cache;
    this.index = new FileIndex(cache);
  }

  /// Paths of all regular files of the flattened root. Their contents are not kept.
  public SortedSet<String> paths(OciImage image, ImageLayers layers) throws IOException {
    return new LayeredFiles(image, NOTHING, layers, cache).paths();
  }

  /// The wanted entries of the flattened root, by path. A wanted path that is a device, a pipe or a
  /// hard link to none of the image's files is a {@link SourceException.Malformed} that names it.
  public SortedMap<String, TreeEntry> tree(
      OciImage image, Architecture architecture, Wanted wanted, ImageLayers layers)
      throws IOException {
    Lock turn =
        turns.computeIfAbsent(
            new Platform(image.digest(), architecture), ignored -> new ReentrantLock());
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
    try {
      return inTurn(image, architecture, wanted, layers);
    } finally {
      turn.unlock();
    }
  }

  private SortedMap<String, TreeEntry> inTurn(
      OciImage image, Architecture architecture, Wanted wanted, ImageLayers layers)
      throws IOException {
    FileIndex.Known known = index.load(image.digest(), architecture);
    Optional<SortedMap<String, TreeEntry>> here = known.select(wanted);
    if (here.isPresent()) {
      return here.get();
    }
    SortedMap<String, TreeEntry> found = new LayeredFiles(image, wanted, layers, cache).flatten();
    index.save(image.digest(), architecture, known.and(wanted, found));
    return found;
  }
}
