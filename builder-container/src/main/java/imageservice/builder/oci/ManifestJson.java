package imageservice.builder.oci;

import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads indexes and manifests: OCI image specification, image index and image manifest; Docker
/// image manifest version 2, schema 2.
public final class ManifestJson {
  private static final int MAX_ENTRIES = 10_000;

  private ManifestJson() {}

  /// @param subject what failures are reported for
  /// @param content whose digest is checked
  static Manifest decode(String subject, Digest digest, byte[] content)
      throws SourceException.Malformed {
    JsonFields document = JsonFields.parse(subject, content);
    if (document.requireNumber("schemaVersion") != 2) {
      throw document.malformed("schemaVersion is not 2");
    }
    return isIndex(document) ? index(document) : manifest(document, digest);
  }

  /// A document with the parts of both is neither: two readers could see two images in it.
  private static boolean isIndex(JsonFields document) throws SourceException.Malformed {
    boolean listed = document.has("manifests");
    boolean layered = document.has("layers") || document.has("config");
    if (listed == layered) {
      throw document.malformed(
          listed ? "both an index and a manifest" : "neither an index nor a manifest");
    }
    Optional<String> mediaType = document.text("mediaType");
    if (mediaType.isPresent()
        && !(listed
            ? MediaTypes.isIndex(mediaType.get())
            : MediaTypes.isManifest(mediaType.get()))) {
      throw document.malformed("unexpected media type " + mediaType.get());
    }
    return listed;
  }

  private static Manifest.ImageIndex index(JsonFields document) throws SourceException.Malformed {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (JsonFields entry : few(document, "manifests")) {
      entries.add(new Manifest.Entry(descriptor(entry), platform(entry)));
    }
    return new Manifest.ImageIndex(entries);
  }

  private static Manifest.ImageManifest manifest(JsonFields document, Digest digest)
      throws SourceException.Malformed {
    List<Descriptor> layers = new ArrayList<>();
    for (JsonFields layer : few(document, "layers")) {
      layers.add(descriptor(layer));
    }
    return new Manifest.ImageManifest(digest, descriptor(document.requireObject("config")), layers);
  }

  static Descriptor descriptor(JsonFields fields) throws SourceException.Malformed {
    long size = fields.requireNumber("size");
    if (size < 0) {
      throw fields.malformed("size is negative: " + size);
    }
    return new Descriptor(fields.text("mediaType").orElse(""), digest(fields, "digest"), size);
  }

  public static Digest digest(JsonFields fields, String name) throws SourceException.Malformed {
    String text = fields.requireText(name);
    return Digest.parse(text).orElseThrow(() -> fields.malformed("not a sha256 digest: " + text));
  }

  private static Manifest.Platform platform(JsonFields entry) throws SourceException.Malformed {
    Optional<JsonFields> platform = entry.object("platform");
    if (platform.isEmpty()) {
      return new Manifest.Platform("", "", "");
    }
    JsonFields fields = platform.get();
    return new Manifest.Platform(
        fields.text("os").orElse(""),
        fields.text("architecture").orElse(""),
        fields.text("variant").orElse(""));
  }

  private static List<JsonFields> few(JsonFields document, String name)
      throws SourceException.Malformed {
    List<JsonFields> objects = document.objects(name);
    if (objects.size() > MAX_ENTRIES) {
      throw document.malformed(objects.size() + " " + name + ", at most " + MAX_ENTRIES);
    }
    return objects;
  }
}
