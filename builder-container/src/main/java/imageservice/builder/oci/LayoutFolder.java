package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Writes a folder of OCI image layouts, one for each repository (OCI image specification, image
/// layout), for {@link LayoutSource} and others to read. Content and indexes are written beside
/// their places and renamed. One process writes at a time.
public final class LayoutFolder {
  private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";
  private static final String REFERENCE = "org.opencontainers.image.ref.name";

  private final Path folder;

  public LayoutFolder(Path folder) {
    this.folder = folder;
  }

  /// Whether the content is here, and whole: all of it is read.
  public boolean has(String repository, Descriptor content) throws IOException {
    Path file = file(repository, content.digest());
    if (!Files.isRegularFile(file) || Files.size(file) != content.size()) {
      return false;
    }
    try (InputStream in = new VerifiedStream(Files.newInputStream(file), repository, content)) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SourceException damaged) {
      return false;
    }
  }

  /// Keeps content. Does not close the stream, which has to fail where it is not the content of
  /// this digest.
  public void put(String repository, Digest digest, InputStream content) throws IOException {
    Path file = file(repository, digest);
    Files.createDirectories(file.resolveSibling(""));
    Path incoming = file.resolveSibling("incoming-" + digest.hex());
    try {
      Files.copy(content, incoming, StandardCopyOption.REPLACE_EXISTING);
      Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /// Lists a manifest that is here with all that it names. A tag moves to it.
  ///
  /// @param tag empty for what is found by what it refers to
  /// @param artifactType empty where it has none
  public void list(
      String repository, Descriptor manifest, Optional<String> tag, String artifactType)
      throws IOException {
    OciNames.requireRepository(repository);
    tag.ifPresent(OciNames::requireTag);
    Entry added = new Entry(manifest, tag, artifactType);
    List<Entry> entries = new ArrayList<>(entries(repository));
    entries.removeIf(entry ->
        tag.isPresent()
            ? entry.tag().equals(tag)
            : entry.manifest().digest().equals(manifest.digest()) && entry.tag().isEmpty());
    entries.add(added);
    entries.sort(
        Comparator.comparing((Entry entry) -> entry.tag().orElse(""))
            .thenComparing(entry -> entry.manifest().digest().hex()));
    Path layout = folder.resolve(repository);
    replace(layout.resolve("oci-layout"), LAYOUT);
    replace(layout.resolve("index.json"), index(entries));
  }

  private record Entry(Descriptor manifest, Optional<String> tag, String artifactType) {
    static Entry of(JsonFields fields) throws MalformedJsonException {
      Optional<JsonFields> annotations = fields.optionalObject("annotations");
      return new Entry(
          ManifestJson.descriptor(fields),
          annotations.isPresent() ? annotations.get().optionalLine(REFERENCE) : Optional.empty(),
          fields.optionalLine("artifactType").orElse(""));
    }

    JsonText json() {
      JsonText json =
          JsonText.object()
              .put("mediaType", manifest.mediaType())
              .put("digest", manifest.digest().value())
              .put("size", manifest.size());
      if (!artifactType.isEmpty()) {
        json.put("artifactType", artifactType);
      }
      tag.ifPresent(text -> json.put("annotations", JsonText.object().put(REFERENCE, text)));
      return json;
    }
  }

  private List<Entry> entries(String repository) throws IOException {
    Path index = folder.resolve(repository).resolve("index.json");
    if (!Files.exists(index)) {
      return List.of();
    }
    try {
      List<Entry> entries = new ArrayList<>();
      for (JsonFields entry :
          JsonFields.foreign(Files.readAllBytes(index)).optionalObjects("manifests")) {
        entries.add(Entry.of(entry));
      }
      return entries;
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(index.toString(), e);
    }
  }

  private static String index(List<Entry> entries) {
    return JsonText.object()
            .put("schemaVersion", 2)
            .put("mediaType", MediaTypes.INDEX)
            .put("manifests", entries.stream().map(Entry::json).toList())
            .indented()
        + "\n";
  }

  private static void replace(Path file, String text) throws IOException {
    Path incoming = file.resolveSibling("incoming-" + file.getFileName());
    Files.writeString(incoming, text);
    Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(String repository, Digest digest) {
    OciNames.requireRepository(repository);
    return folder.resolve(repository).resolve("blobs/sha256").resolve(digest.hex());
  }
}
