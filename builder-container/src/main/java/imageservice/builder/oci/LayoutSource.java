package imageservice.builder.oci;

import imageservice.formats.blob.Blob;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// OCI image layouts on disk (OCI image specification, image layout): either a folder of layouts,
/// one per repository, whose references are tags, or one layout whose references are
/// `repository:tag`.
public final class LayoutSource implements ImageSource {
  private static final String REFERENCE = "org.opencontainers.image.ref.name";
  private static final String REMEDY = "check the version and the folder of image layouts";

  /// A larger manifest refers to nothing that is looked for.
  private static final long MOST_OF_REFERRER = 64 << 10;

  private final Path folder;

  public LayoutSource(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  @Override
  public Tags tags(String repository, Optional<String> validator) throws IOException {
    return new Tags.Listed(List.copyOf(references(repository).keySet()), Optional.empty());
  }

  @Override
  public Optional<String> prefix() {
    return Optional.empty();
  }

  /// Manifests of the layout that name the image as their subject.
  @Override
  public List<Referrer> referrers(String repository, Digest image) throws IOException {
    byte[] index = capped(repository, layout(repository).resolve("index.json"));
    List<Referrer> referrers = new ArrayList<>();
    for (Referrer listed : ReferrerJson.referrers(repository, index)) {
      if (refersTo(repository, listed.descriptor(), image)) {
        referrers.add(listed);
      }
    }
    return referrers;
  }

  private boolean refersTo(String repository, Descriptor listed, Digest image) throws IOException {
    Path file = layout(repository).resolve("blobs/sha256").resolve(listed.digest().hex());
    return Files.isRegularFile(file)
        && Files.size(file) <= MOST_OF_REFERRER
        && ReferrerJson.refersTo(Files.readAllBytes(file), image);
  }

  @Override
  public Digest resolve(String repository, String tag) throws IOException {
    OciNames.requireTag(tag);
    Digest digest = references(repository).get(tag);
    if (digest == null) {
      throw new SourceException.NotFound(
          repository + ":" + tag, "no such tag in the image layout", REMEDY);
    }
    return digest;
  }

  @Override
  public RawManifest manifest(String repository, Digest digest) throws IOException {
    String subject = repository + "@" + digest;
    byte[] content = capped(subject, blobFile(repository, digest));
    if (!Digest.of(content).equals(digest)) {
      throw new SourceException.Tampered(subject, "the content's digest is " + Digest.of(content));
    }
    return new RawManifest(mediaType(subject, content), digest, Blob.of(content));
  }

  @Override
  public InputStream blob(String repository, Descriptor descriptor) throws IOException {
    Path file = blobFile(repository, descriptor.digest());
    long size = Files.size(file);
    if (size != descriptor.size()) {
      throw sizeDiffers(repository + "@" + descriptor.digest(), size, descriptor.size());
    }
    return new VerifiedStream(Files.newInputStream(file), repository, descriptor);
  }

  /// The failure for content whose length is known to be wrong before a byte is read.
  static SourceException sizeDiffers(String subject, long actual, long expected) {
    String problem = "has %d bytes, its manifest says %d".formatted(actual, expected);
    return actual > expected
        ? new SourceException.TooLarge(subject, problem)
        : new SourceException.Tampered(subject, problem);
  }

  private static String mediaType(String subject, byte[] manifest)
      throws SourceException.Malformed {
    try {
      return JsonFields.foreign(manifest).optionalLine("mediaType").orElse("");
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(subject, e);
    }
  }

  private boolean shared() {
    return Files.isRegularFile(folder.resolve("oci-layout"));
  }

  private Path layout(String repository) throws SourceException {
    OciNames.requireRepository(repository);
    Path layout = shared() ? folder : folder.resolve(repository);
    if (!Files.isRegularFile(layout.resolve("oci-layout"))) {
      throw new SourceException.NotFound(repository, "there is no OCI image layout of it", REMEDY);
    }
    return layout;
  }

  private Path blobFile(String repository, Digest digest) throws IOException {
    Path file = layout(repository).resolve("blobs/sha256").resolve(digest.hex());
    if (!Files.isRegularFile(file)) {
      throw new SourceException.NotFound(
          repository + "@" + digest, "not in the image layout", REMEDY);
    }
    return file;
  }

  /// Digests by tag, sorted.
  private Map<String, Digest> references(String repository) throws IOException {
    Path layout = layout(repository);
    byte[] version = capped(repository, layout.resolve("oci-layout"));
    byte[] index = capped(repository, layout.resolve("index.json"));
    Map<String, Digest> found;
    try {
      requireVersion(JsonFields.foreign(version));
      found = references(JsonFields.foreign(index), shared() ? repository + ":" : "");
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(repository, e);
    }
    if (shared() && found.isEmpty()) {
      throw new SourceException.NotFound(repository, "not in the image layout", REMEDY);
    }
    return found;
  }

  private static Map<String, Digest> references(JsonFields index, String prefix)
      throws MalformedJsonException {
    Map<String, Digest> found = new TreeMap<>();
    for (JsonFields entry : index.optionalObjects("manifests")) {
      Optional<String> tag = tag(entry, prefix);
      if (tag.isPresent()) {
        Digest digest = ManifestJson.descriptor(entry).digest();
        Digest before = found.put(tag.get(), digest);
        if (before != null && !before.equals(digest)) {
          throw new MalformedJsonException("the tag " + tag.get() + " is two images");
        }
      }
    }
    return found;
  }

  private static Optional<String> tag(JsonFields entry, String prefix)
      throws MalformedJsonException {
    Optional<JsonFields> annotations = entry.optionalObject("annotations");
    if (annotations.isEmpty()) {
      return Optional.empty();
    }
    return annotations
        .get()
        .optionalLine(REFERENCE)
        .filter(reference -> reference.startsWith(prefix))
        .map(reference -> reference.substring(prefix.length()))
        .filter(OciNames::isTag);
  }

  private static void requireVersion(JsonFields layout) throws MalformedJsonException {
    String version = layout.line("imageLayoutVersion");
    if (!version.equals("1.0.0")) {
      throw new MalformedJsonException("image layout version " + version + ", expected 1.0.0");
    }
  }

  private static byte[] capped(String subject, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new SourceException.Malformed(subject, file + " is missing", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Capped.read(subject, in, RawManifest.LIMIT);
    }
  }
}
