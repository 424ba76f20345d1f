package imageservice.demo;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import imageservice.formats.compress.Codec;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An OCI image layout that holds one repository (OCI image specification, image layout): a tag for
/// each version. Every file is written beside its place and renamed.
final class Layout {
  private static final String OCI = "application/vnd.oci.image.";
  private static final String INDEX = OCI + "index.v1+json";
  private static final String MANIFEST = OCI + "manifest.v1+json";
  private static final String CONFIGURATION = OCI + "config.v1+json";
  private static final String LAYER = OCI + "layer.v1.tar+gzip";
  private static final String TAG = "org.opencontainers.image.ref.name";
  private static final String CREATED = "2023-11-14T22:13:20Z";
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Map<String, String> ENTRYPOINTS =
      Map.of(
          "installer", "/bin/installer",
          "installer-base", "/bin/installer",
          "imager", "/bin/imager");

  private record Descriptor(String mediaType, Digest digest, long size) {
    JsonText json() {
      return JsonText.object()
          .put("mediaType", mediaType)
          .put("digest", digest.value())
          .put("size", size);
    }
  }

  /// An image of the repository; without a tag where another one has it now.
  private record Reference(Descriptor descriptor, Optional<String> tag) {
    JsonText json() {
      JsonText json = descriptor.json();
      return tag.isEmpty() ? json : json.put("annotations", JsonText.object().put(TAG, tag.get()));
    }
  }

  private final Path folder;
  private final Path blobs;

  /// Layers by the digests of their tars, as architectures often share one.
  private final Map<Digest, Descriptor> layers = new HashMap<>();

  Layout(Path folder) throws IOException {
    this.folder = folder;
    this.blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
  }

  /// Tags with the digests of their images, sorted.
  Map<String, Digest> tags() throws IOException {
    Map<String, Digest> tags = new TreeMap<>();
    for (Reference reference : references()) {
      reference.tag().ifPresent(tag -> tags.put(tag, reference.descriptor().digest()));
    }
    return tags;
  }

  /// Writes all that an image consists of, and gives its index; nothing names it yet.
  ///
  /// @param version that the image tells of itself
  Digest add(DemoImage image, String version) throws IOException {
    List<JsonText> manifests = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      manifests.add(
          manifest(image.name(), architecture, image.layers().of(architecture), version)
              .json()
              .put("platform", platform(architecture)));
    }
    JsonText index =
        JsonText.object()
            .put("schemaVersion", 2)
            .put("mediaType", INDEX)
            .put("manifests", manifests);
    return document(INDEX, index).digest();
  }

  /// Gives a tag to an image that was added. The image that had it loses it and stays: a catalogue
  /// may name its digest.
  void publish(Digest image, String tag) throws IOException {
    List<Reference> all = new ArrayList<>();
    for (Reference old : references()) {
      if (!old.descriptor().digest().equals(image)) {
        boolean displaced = old.tag().equals(Optional.of(tag));
        all.add(displaced ? new Reference(old.descriptor(), Optional.empty()) : old);
      }
    }
    long size = Files.size(blobs.resolve(image.hex()));
    all.add(new Reference(new Descriptor(INDEX, image, size), Optional.of(tag)));
    all.sort(
        Comparator.comparing((Reference each) -> each.tag().isEmpty())
            .thenComparing(each -> each.tag().orElse(""))
            .thenComparing(each -> each.descriptor().digest().value()));
    write(folder.resolve("oci-layout"), Blob.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
    JsonText index =
        JsonText.object()
            .put("schemaVersion", 2)
            .put("manifests", all.stream().map(Reference::json).toList());
    write(folder.resolve("index.json"), Blob.of(index.toString()));
  }

  private List<Reference> references() throws IOException {
    Path index = folder.resolve("index.json");
    if (!Files.exists(index)) {
      return List.of();
    }
    try {
      List<Reference> references = new ArrayList<>();
      for (JsonFields each : JsonFields.foreign(Files.readAllBytes(index)).objects("manifests")) {
        Optional<JsonFields> annotations = each.optionalObject("annotations");
        references.add(
            new Reference(
                new Descriptor(
                    each.text("mediaType"), digest(each.text("digest")), each.number("size")),
                annotations.isEmpty() ? Optional.empty() : annotations.get().optionalText(TAG)));
      }
      return references;
    } catch (MalformedJsonException e) {
      throw new IOException(
          "%s is damaged (%s): delete %s, and start again"
              .formatted(index, e.getMessage(), folder.getParent()),
          e);
    }
  }

  private static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text).orElseThrow(() -> new MalformedJsonException("no digest: " + text));
  }

  private Descriptor manifest(
      String name, Architecture architecture, List<FileTree> trees, String version)
      throws IOException {
    List<String> diffIds = new ArrayList<>();
    List<JsonText> descriptors = new ArrayList<>();
    for (FileTree tree : trees) {
      Blob tar = tree.tar();
      Digest diffId = digestOf(tar);
      Descriptor known = layers.get(diffId);
      Descriptor layer = known != null ? known : blob(LAYER, Codec.GZIP_LAYER.encode(tar));
      layers.put(diffId, layer);
      diffIds.add(diffId.value());
      descriptors.add(layer.json());
    }
    JsonText manifest =
        JsonText.object()
            .put("schemaVersion", 2)
            .put("mediaType", MANIFEST)
            .put(
                "config",
                document(CONFIGURATION, configuration(name, architecture, diffIds, version)).json())
            .put("layers", descriptors);
    return document(MANIFEST, manifest);
  }

  private static JsonText configuration(
      String name, Architecture architecture, List<String> diffIds, String version) {
    JsonText config =
        JsonText.object()
            .put("Env", List.of(PATH, "VERSION=" + version))
            .put("Labels", JsonText.object().put("alpha.talos.dev/version", version));
    if (ENTRYPOINTS.containsKey(name)) {
      config.put("Entrypoint", List.of(ENTRYPOINTS.getOrDefault(name, "")));
    }
    List<JsonText> history =
        diffIds.stream()
            .map(any -> JsonText.object().put("created", CREATED).put("comment", "mini release"))
            .toList();
    return platform(architecture)
        .put("created", CREATED)
        .put("config", config)
        .put("rootfs", JsonText.object().put("type", "layers").put("diff_ids", diffIds))
        .put("history", history);
  }

  private static JsonText platform(Architecture architecture) {
    return JsonText.object().put("architecture", architecture.toString()).put("os", "linux");
  }

  private Descriptor document(String mediaType, JsonText json) throws IOException {
    return blob(mediaType, Blob.of(json.toString()));
  }

  private Descriptor blob(String mediaType, Blob content) throws IOException {
    Path incoming = blobs.resolve(".incoming");
    MessageDigest hash = Digest.hash();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(incoming), hash)) {
      content.writeTo(out);
    }
    Digest digest = Digest.ofHash(hash.digest());
    move(incoming, blobs.resolve(digest.hex()));
    return new Descriptor(mediaType, digest, content.length());
  }

  private static Digest digestOf(Blob content) throws IOException {
    MessageDigest hash = Digest.hash();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
      content.writeTo(out);
    }
    return Digest.ofHash(hash.digest());
  }

  /// Replaces a file, which is whole at any time.
  static void write(Path file, Blob content) throws IOException {
    Path incoming = file.resolveSibling("." + file.getFileName());
    Files.write(incoming, content.bytes(Integer.MAX_VALUE));
    move(incoming, file);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
