package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads indexes and manifests: OCI image specification, image index and image manifest; Docker
/// image manifest version 2, schema 2.
public final class ManifestJson {
  private static final int MAX_ENTRIES = 10_000;

  /// Container engines stack at most 127 layers.
  private static final int MAX_LAYERS = 200;

  /// Bytes of all layers together, as they are fetched.
  private static final long MAX_LAYER_BYTES = 4L << 30;

  private ManifestJson() {}

  /// @param subject what failures are reported for
  /// @param content whose digest is checked
  public static Manifest decode(String subject, Digest digest, byte[] content)
      throws SourceException {
    try {
      Manifest manifest = manifest(digest, JsonFields.foreign(content));
      if (manifest instanceof Manifest.ImageManifest image) {
        requireFetchable(subject, image);
      }
      return manifest;
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(subject, e);
    }
  }

  /// What a document says that it is; one of OCI's need not say it.
  ///
  /// @param subject what failures are reported for
  public static String mediaType(String subject, byte[] content) throws SourceException {
    try {
      JsonFields document = JsonFields.foreign(content);
      boolean listed = isIndex(document);
      return document
          .optionalLine("mediaType")
          .orElse(listed ? MediaTypes.INDEX : MediaTypes.MANIFEST);
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(subject, e);
    }
  }

  /// Refuses what would take a builder's time and disk before any of it is fetched.
  private static void requireFetchable(String subject, Manifest.ImageManifest image)
      throws SourceException.TooLarge {
    if (image.layers().size() > MAX_LAYERS) {
      throw new SourceException.TooLarge(
          subject, "%d layers, at most %d".formatted(image.layers().size(), MAX_LAYERS));
    }
    long room = MAX_LAYER_BYTES;
    for (Descriptor layer : image.layers()) {
      if (layer.size() > room) {
        throw new SourceException.TooLarge(
            subject, "layers of more than %d bytes in all".formatted(MAX_LAYER_BYTES));
      }
      room -= layer.size();
    }
    if (image.config().size() > RawManifest.LIMIT) {
      throw new SourceException.TooLarge(
          subject,
          "a configuration of %d bytes, at most %d"
              .formatted(image.config().size(), RawManifest.LIMIT));
    }
  }

  private static Manifest manifest(Digest digest, JsonFields document)
      throws MalformedJsonException {
    if (document.number("schemaVersion") != 2) {
      throw new MalformedJsonException("schemaVersion is not 2");
    }
    return isIndex(document) ? imageIndex(document) : imageManifest(digest, document);
  }

  /// A document with the parts of both is neither: two readers could see two images in it.
  private static boolean isIndex(JsonFields document) throws MalformedJsonException {
    boolean listed = document.has("manifests");
    boolean layered = document.has("layers") || document.has("config");
    if (listed == layered) {
      throw new MalformedJsonException(
          listed ? "both an index and a manifest" : "neither an index nor a manifest");
    }
    Optional<String> mediaType = document.optionalLine("mediaType");
    if (mediaType.isPresent()
        && !(listed
            ? MediaTypes.isIndex(mediaType.get())
            : MediaTypes.isManifest(mediaType.get()))) {
      throw new MalformedJsonException("unexpected media type " + mediaType.get());
    }
    return listed;
  }

  private static Manifest.ImageIndex imageIndex(JsonFields document) throws MalformedJsonException {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (JsonFields entry : few(document, "manifests")) {
      entries.add(new Manifest.Entry(descriptor(entry), platform(entry)));
    }
    return new Manifest.ImageIndex(entries);
  }

  private static Manifest.ImageManifest imageManifest(Digest digest, JsonFields document)
      throws MalformedJsonException {
    List<Descriptor> layers = new ArrayList<>();
    for (JsonFields layer : few(document, "layers")) {
      layers.add(descriptor(layer));
    }
    return new Manifest.ImageManifest(digest, descriptor(document.object("config")), layers);
  }

  static Descriptor descriptor(JsonFields fields) throws MalformedJsonException {
    long size = fields.number("size");
    if (size < 0) {
      throw new MalformedJsonException("size is negative: " + size);
    }
    return new Descriptor(fields.optionalLine("mediaType").orElse(""), digest(fields), size);
  }

  private static Digest digest(JsonFields fields) throws MalformedJsonException {
    String text = fields.line("digest");
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a sha256 digest: " + text));
  }

  private static Manifest.Platform platform(JsonFields entry) throws MalformedJsonException {
    Optional<JsonFields> platform = entry.optionalObject("platform");
    if (platform.isEmpty()) {
      return new Manifest.Platform("", "", "");
    }
    JsonFields fields = platform.get();
    return new Manifest.Platform(
        fields.optionalLine("os").orElse(""),
        fields.optionalLine("architecture").orElse(""),
        fields.optionalLine("variant").orElse(""));
  }

  private static List<JsonFields> few(JsonFields document, String name)
      throws MalformedJsonException {
    List<JsonFields> objects = document.optionalObjects(name);
    if (objects.size() > MAX_ENTRIES) {
      throw new MalformedJsonException(objects.size() + " " + name + ", at most " + MAX_ENTRIES);
    }
    return objects;
  }
}
