package imageservice.builder.fetch;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.layers.ImageFiles;
import imageservice.builder.layers.ImageLayers;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.material.Fetching;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.Manifest;
import imageservice.builder.oci.ManifestJson;
import imageservice.builder.oci.MediaTypes;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.PlatformManifest;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.Tags;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Fetches the images that its verifier admits, from one source through one cache. Content that was
/// fetched once is taken from the cache; tags are asked for each time.
public final class OciImages {
  private final ImageSource source;
  private final Verifier verifier;
  private final Verdicts verdicts = new Verdicts();
  private final BlobCache cache;
  private final ImageFiles files;
  private final Downloads downloads;

  public OciImages(ImageSource source, Verifier verifier, BlobCache cache) {
    this(source, verifier, cache, new Downloads());
  }

  private OciImages(ImageSource source, Verifier verifier, BlobCache cache, Downloads downloads) {
    this.source = source;
    this.verifier = verifier;
    this.cache = cache;
    this.files = new ImageFiles(cache);
    this.downloads = downloads;
  }

  /// Images of another source, in the same cache; who watches these sees those too.
  public OciImages beside(ImageSource other, Verifier rules) {
    return new OciImages(other, rules, cache, downloads);
  }

  /// All tags, or that they have not changed.
  ///
  /// @param validator that came with the last list of tags
  public Tags tags(String repository, Optional<String> validator) throws IOException {
    return source.tags(repository, validator);
  }

  /// What stands before a repository in the full name of an image, `ghcr.io/siderolabs/`; empty
  /// where the source is no registry.
  public Optional<String> prefix() {
    return source.prefix();
  }

  /// All that decides which images are admitted, as a text.
  public String policy() throws IOException {
    return verifier.policy();
  }

  /// The image that a tag names now, if the verifier admits it.
  public OciImage resolve(String repository, String tag) throws IOException {
    return admitted(find(repository, tag));
  }

  /// The image that a tag names now. Of what the verifier does not admit, nothing but this is told.
  public OciImage find(String repository, String tag) throws IOException {
    return new OciImage(repository, tag, source.resolve(repository, tag));
  }

  /// The image's manifest for linux on this architecture.
  public Manifest.ImageManifest manifest(OciImage image, Architecture architecture)
      throws IOException {
    return PlatformManifest.select(
        admitted(image), architecture, digest -> document(image.repository(), digest));
  }

  /// Whether the image's configuration names this architecture, or none. An image without an index
  /// is selected for every architecture, so only its configuration can tell.
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

  /// The image's layers as they are, the lowest first.
  public List<CachedBlob> layers(OciImage image, Manifest.ImageManifest manifest)
      throws IOException {
    for (Descriptor layer : manifest.layers()) {
      if (!MediaTypes.isLayer(layer.mediaType())) {
        throw new SourceException.Malformed(
            image.toString(), "a layer of an unknown type: " + layer.mediaType(), null);
      }
    }
    return blobs(image, manifest);
  }

  /// The same of any type, such as a signature's.
  List<CachedBlob> blobs(OciImage image, Manifest.ImageManifest manifest) throws IOException {
    try (Downloads.Download download = downloads.begin(image.digest())) {
      ImageLayers source = layers(admitted(image), () -> manifest, download);
      List<CachedBlob> blobs = new ArrayList<>();
      for (Descriptor layer : manifest.layers()) {
        blobs.add(cache.fetch(layer.digest(), () -> expected(source).open(layer)));
      }
      return blobs;
    }
  }

  /// A manifest or an index as it is.
  ///
  /// @param mediaType what it says that it is
  record Document(String mediaType, CachedBlob content, Manifest manifest) {}

  Document document(OciImage image, Digest digest) throws IOException {
    admitted(image);
    CachedBlob content = content(image.repository(), digest);
    byte[] bytes = content.bytes(RawManifest.LIMIT);
    String subject = image.repository() + "@" + digest;
    Manifest manifest = ManifestJson.decode(subject, digest, bytes);
    return new Document(ManifestJson.mediaType(subject, bytes), content, manifest);
  }

  /// What a tag beside an image names; empty where the source has no such tag.
  Optional<Digest> attached(OciImage image, String tag) throws IOException {
    try {
      return Optional.of(source.resolve(image.repository(), tag));
    } catch (SourceException.NotFound e) {
      return Optional.empty();
    }
  }

  /// Lets watchers know how much is coming.
  private static ImageLayers expected(ImageLayers layers) throws IOException {
    layers.manifest();
    return layers;
  }

  /// The wanted files of the flattened root, by path; links and directories are left out.
  public SortedMap<String, CachedBlob> files(
      OciImage image, Architecture architecture, Wanted wanted) throws IOException {
    SortedMap<String, CachedBlob> contents = new TreeMap<>();
    tree(image, architecture, wanted)
        .forEach((path, entry) -> {
          if (entry instanceof TreeEntry.File file) {
            contents.put(path, file.content());
          }
        });
    return contents;
  }

  /// Paths of all regular files of the flattened root. Their contents are not kept.
  public SortedSet<String> paths(OciImage image, Architecture architecture) throws IOException {
    try (Downloads.Download download = downloads.begin(image.digest())) {
      return files.paths(image, layers(admitted(image), architecture, download));
    }
  }

  /// The wanted entries of the flattened root, by path. A wanted path that is a device, a pipe or a
  /// hard link to none of the image's files is a {@link SourceException.Malformed} that names it.
  public SortedMap<String, TreeEntry> tree(OciImage image, Architecture architecture, Wanted wanted)
      throws IOException {
    try (Downloads.Download download = downloads.begin(image.digest())) {
      return files.tree(
          admitted(image), architecture, wanted, layers(image, architecture, download));
    }
  }

  /// Begins to look at what comes of these images.
  ///
  /// @param names of the images, by digest
  Fetching watch(Map<Digest, String> names) {
    return downloads.watch(names);
  }

  private ImageLayers layers(
      OciImage image, Architecture architecture, Downloads.Download download) {
    return layers(image, () -> manifest(image, architecture), download);
  }

  private interface Manifested {
    Manifest.ImageManifest manifest() throws IOException;
  }

  private ImageLayers layers(OciImage image, Manifested found, Downloads.Download download) {
    return new ImageLayers() {
      @Override
      public Manifest.ImageManifest manifest() throws IOException {
        Manifest.ImageManifest manifest = found.manifest();
        download.expect(manifest.layers().stream().mapToLong(Descriptor::size).sum());
        return manifest;
      }

      @Override
      public InputStream open(Descriptor layer) throws IOException {
        return download.count(source.blob(image.repository(), layer));
      }
    };
  }

  /// The image, if the verifier admits it: the one place where the verifier is asked.
  public OciImage admitted(OciImage image) throws IOException {
    return switch (verdicts.of(image, verifier)) {
      case Verdict.Admitted() -> image;
      case Verdict.Refused(String reason, String remedy) ->
          throw new SourceException.Untrusted(image.toString(), reason, remedy);
    };
  }

  private byte[] document(String repository, Digest digest) throws IOException {
    return content(repository, digest).bytes(RawManifest.LIMIT);
  }

  private CachedBlob content(String repository, Digest digest) throws IOException {
    CachedBlob blob =
        cache.fetch(digest, () -> source.manifest(repository, digest).content().open());
    if (blob.length() > RawManifest.LIMIT) {
      throw new SourceException.TooLarge(
          repository + "@" + digest, "a manifest of " + blob.length() + " bytes");
    }
    return blob;
  }
}
