package imageservice.builder.fetch;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.layers.FileIndex;
import imageservice.builder.layers.LayeredFiles;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.Manifest;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.PlatformManifest;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Retries;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.Tags;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The door of this room: images of one source under one policy, through one cache. Whatever was
/// fetched once needs no source again; only tags do.
public final class OciImages {
  private record Platform(Digest image, Architecture architecture) {}

  private static final Wanted NOTHING = new Wanted(Set.of(), Set.of());

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

  /// All tags, or that nothing changed since they were listed.
  ///
  /// @param validator of the list as it was last
  public Tags tags(String repository, Optional<String> validator) throws IOException {
    return source.tags(repository, validator);
  }

  /// What people put before a repository to name its images, `ghcr.io/siderolabs/`; nothing where
  /// the source is no registry.
  public Optional<String> prefix() {
    return source.prefix();
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

  /// Whether the image says that it is for this architecture, or says nothing. An image without an
  /// index is taken whatever is asked for, so that only its configuration can tell.
  public boolean isFor(OciImage image, Architecture architecture) throws IOException {
    CachedBlob configuration = blob(image, manifest(image, architecture).config());
    try {
      return JsonFields.foreign(configuration.bytes(RawManifest.LIMIT))
          .optionalText("architecture")
          .map(architecture.toString()::equals)
          .orElse(true);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new SourceException.Malformed(
          image.toString(), "its configuration is not what it must be", e);
    }
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

  /// Paths of all regular files of the flattened root. Their contents pass by and are not kept.
  public SortedSet<String> paths(OciImage image, Architecture architecture) throws IOException {
    Manifest.ImageManifest manifest = manifest(image, architecture);
    return layered(image, NOTHING).paths(manifest);
  }

  /// The wanted entries of the flattened root, by path. A wanted path that is a device, a pipe or a
  /// hard link to none of the image's files is a {@link SourceException.Malformed} that names it.
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
    SortedMap<String, TreeEntry> found =
        layered(image, wanted).flatten(manifest(image, architecture));
    index.save(image.digest(), architecture, known.and(wanted, found));
    return found;
  }

  private LayeredFiles layered(OciImage image, Wanted wanted) {
    return new LayeredFiles(image, wanted, layer -> source.blob(image.repository(), layer), cache);
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
