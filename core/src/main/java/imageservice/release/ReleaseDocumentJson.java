package imageservice.release;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A {@link ReleaseDocument} as JSON. What the release does not have is left out; fields that are
/// not known are passed over, as another version of the service may have written them.
public final class ReleaseDocumentJson {
  /// Of an installer's base that the source does not have.
  private static final String EXTENSIONS_IMAGE = "extensionsImage";

  private static final String OVERLAYS_IMAGE = "overlaysImage";
  private static final String CATALOGUES = "catalogues";
  private static final String NONE = "none";

  private ReleaseDocumentJson() {}

  public static String write(ReleaseDocument document) {
    return json(document).toString();
  }

  public static JsonText json(ReleaseDocument document) {
    JsonText json = JsonText.object().put("version", document.version().toString());
    document
        .extensions()
        .ifPresent(
            list -> json.put("extensions", list.stream().map(ReleaseDocumentJson::json).toList()));
    document
        .overlays()
        .ifPresent(
            list -> json.put("overlays", list.stream().map(ReleaseDocumentJson::json).toList()));
    document.talosctl().ifPresent(talosctl -> json.put("talosctl", json(talosctl)));
    json.putIfPresent(EXTENSIONS_IMAGE, document.images().extensions().map(Digest::value));
    json.putIfPresent(OVERLAYS_IMAGE, document.images().overlays().map(Digest::value));
    if (!document.catalogues().isEmpty()) {
      json.put(CATALOGUES, document.catalogues().stream().map(ReleaseDocumentJson::json).toList());
    }
    switch (document.installerBase()) {
      case InstallerBase.Image(Digest digest) -> json.put("installerBase", digest.value());
      case InstallerBase.Absent ignored -> json.put("installerBase", NONE);
      case InstallerBase.NotRead ignored -> {
        // as it was written
      }
    }
    return json;
  }

  public static ReleaseDocument read(String text) throws MalformedJsonException {
    return read(JsonFields.parse(text));
  }

  public static ReleaseDocument read(JsonFields fields) throws MalformedJsonException {
    String version = fields.text("version");
    ReleaseDocument document =
        new ReleaseDocument(
            TalosVersion.parse(version)
                .orElseThrow(
                    () -> new MalformedJsonException("version: not a Talos version: " + version)),
            extensions(fields),
            overlays(fields),
            talosctl(fields),
            installerBase(fields),
            new CatalogueImages(
                optionalDigest(fields, EXTENSIONS_IMAGE), optionalDigest(fields, OVERLAYS_IMAGE)),
            catalogues(fields));
    return document;
  }

  private static JsonText json(CatalogueExtension extension) {
    return JsonText.object()
        .put("name", extension.name())
        .put("ref", extension.ref())
        .put("digest", extension.digest().value())
        .put("author", extension.author())
        .put("description", extension.description())
        .putIfPresent("repository", extension.repository());
  }

  private static JsonText json(ListedCatalogue catalogue) {
    return JsonText.object()
        .put("prefix", catalogue.prefix())
        .putIfPresent("image", catalogue.image().map(Digest::value));
  }

  private static List<ListedCatalogue> catalogues(JsonFields fields) throws MalformedJsonException {
    List<ListedCatalogue> catalogues = new ArrayList<>();
    for (JsonFields catalogue : fields.optionalObjects(CATALOGUES)) {
      catalogues.add(
          new ListedCatalogue(catalogue.text("prefix"), optionalDigest(catalogue, "image")));
    }
    return catalogues;
  }

  private static Optional<List<CatalogueExtension>> extensions(JsonFields fields)
      throws MalformedJsonException {
    if (!fields.has("extensions")) {
      return Optional.empty();
    }
    List<CatalogueExtension> extensions = new ArrayList<>();
    for (JsonFields extension : fields.objects("extensions")) {
      extensions.add(
          new CatalogueExtension(
              extension.text("name"),
              extension.text("ref"),
              digest(extension.text("digest")),
              extension.text("author"),
              extension.text("description"),
              extension.optionalText("repository")));
    }
    return Optional.of(extensions);
  }

  private static JsonText json(CatalogueOverlay overlay) {
    return JsonText.object()
        .put("name", overlay.name())
        .put("image", overlay.image())
        .put("ref", overlay.ref())
        .put("digest", overlay.digest().value());
  }

  private static Optional<List<CatalogueOverlay>> overlays(JsonFields fields)
      throws MalformedJsonException {
    if (!fields.has("overlays")) {
      return Optional.empty();
    }
    List<CatalogueOverlay> overlays = new ArrayList<>();
    for (JsonFields overlay : fields.objects("overlays")) {
      overlays.add(
          new CatalogueOverlay(
              overlay.text("name"),
              overlay.text("image"),
              overlay.text("ref"),
              digest(overlay.text("digest"))));
    }
    return Optional.of(overlays);
  }

  private static JsonText json(Talosctl talosctl) {
    return JsonText.object().put("image", talosctl.image().value()).put("files", talosctl.files());
  }

  private static Optional<Talosctl> talosctl(JsonFields fields) throws MalformedJsonException {
    if (!fields.has("talosctl")) {
      return Optional.empty();
    }
    JsonFields talosctl = fields.object("talosctl");
    Talosctl value = new Talosctl(digest(talosctl.text("image")), talosctl.texts("files"));
    return Optional.of(value);
  }

  private static InstallerBase installerBase(JsonFields fields) throws MalformedJsonException {
    Optional<String> text = fields.optionalText("installerBase");
    if (text.isEmpty()) {
      return new InstallerBase.NotRead();
    }
    return text.get().equals(NONE)
        ? new InstallerBase.Absent()
        : new InstallerBase.Image(digest(text.get()));
  }

  private static Optional<Digest> optionalDigest(JsonFields fields, String name)
      throws MalformedJsonException {
    Optional<String> text = fields.optionalText(name);
    return text.isPresent() ? Optional.of(digest(text.get())) : Optional.empty();
  }

  private static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a digest: " + text));
  }
}
