package imageservice.builder.fetch;

import imageservice.asset.Architecture;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The door of this room: images of one source under one policy, through one cache. Whatever was
/// fetched once needs no source again; only tags do.
public final class OciImages {
  private record Platform(Digest image, Architecture architecture) {}

  private final ImageSource source;
  private final Trust trust;
  private final BlobCache cache;
  private final FileIndex index;
  private final Map<Platform, Lock> turns = new ConcurrentHashMap<>();

  public OciImages(ImageSource source, Trust trust, BlobCache cache) {
    this.source = source;
    this.trust = trust;
    this.cache = cache;
    this.index = new FileIndex(cache);
  }

  /// All tags, sorted.
  public List<String> tags(String repository) throws IOException {
    return source.tags(repository);
  }

  /// The image that a tag names now, where it may be used.
  public OciImage resolve(String repository, String tag) throws IOException {
    OciImage image = new OciImage(repository, tag, source.resolve(repository, tag));
    return admitted(image);
  }

  /// The image's manifest for linux on this architecture.
  public Manifest.ImageManifest manifest(OciImage image, Architecture architecture)
      throws IOException {
    return PlatformManifest.select(
        admitted(image), architecture, digest -> document(image.repository(), digest));
  }

  /// A blob of the image: its configuration or a layer, as it is.
  public CachedBlob blob(OciImage image, Descriptor descriptor) throws IOException {
    admitted(image);
    return cache.fetch(descriptor.digest(), () -> source.blob(image.repository(), descriptor));
  }

  /// The wanted files of the flattened root, by path; links and directories are left out.
  public SortedMap<String, CachedBlob> files(
      OciImage image, Architecture architecture, Wanted wanted) throws IOException {
    SortedMap<String, CachedBlob> files = new TreeMap<>();
    tree(image, architecture, wanted)
        .forEach((path, entry) -> {
          if (entry instanceof TreeEntry.File file) {
            files.put(path, file.content());
          }
        });
    return files;
  }

  /// The wanted entries of the flattened root, by path.
  public SortedMap<String, TreeEntry> tree(OciImage image, Architecture architecture, Wanted wanted)
      throws IOException {
    admitted(image);
    Lock turn =
        turns.computeIfAbsent(
            new Platform(image.digest(), architecture), ignored -> new ReentrantLock());
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
    try {
      return inTurn(image, architecture, wanted);
    } finally {
      turn.unlock();
    }
  }

  private SortedMap<String, TreeEntry> inTurn(
      OciImage image, Architecture architecture, Wanted wanted) throws IOException {
    FileIndex.Known known = index.load(image.digest(), architecture);
    Optional<SortedMap<String, TreeEntry>> here = known.select(wanted);
    if (here.isPresent()) {
      return here.get();
    }
    LayeredFiles files =
        new LayeredFiles(image, wanted, layer -> source.blob(image.repository(), layer), cache);
    SortedMap<String, TreeEntry> found = files.flatten(manifest(image, architecture));
    index.save(image.digest(), architecture, known.and(wanted, found));
    return found;
  }

  /// The one place where the policy is asked.
  private OciImage admitted(OciImage image) throws SourceException.Untrusted {
    trust.admit(image);
    return image;
  }

  private byte[] document(String repository, Digest digest) throws IOException {
    CachedBlob blob =
        cache.fetch(digest, () -> source.manifest(repository, digest).content().open());
    if (blob.length() > RawManifest.LIMIT) {
      throw new SourceException.TooLarge(
          repository + "@" + digest, "a manifest of " + blob.length() + " bytes");
    }
    return blob.bytes(RawManifest.LIMIT);
  }
}
