package imageservice.plan;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/// An {@link Extension} as JSON: a packaged one by its image's digest, a synthetic one with its
/// manifest and files.
final class ExtensionJson {
  private ExtensionJson() {}

  static JsonText json(Extension extension) {
    return switch (extension) {
      case Extension.Packaged packaged ->
          JsonText.object()
              .put("extension", packaged.image().name())
              .put("image", packaged.image().image().value())
              .put("architecture", packaged.image().architecture().name())
              .putIfPresent("repository", packaged.image().repository());
      case Extension.Synthetic synthetic ->
          json(synthetic.manifest())
              .put("files", synthetic.files().stream().map(ExtensionJson::json).toList());
    };
  }

  static Extension read(JsonFields fields) throws MalformedJsonException {
    Extension extension = fields.has("image") ? packaged(fields) : synthetic(fields);
    fields.end();
    return extension;
  }

  private static JsonText json(ExtensionManifest manifest) {
    return JsonText.object()
        .put("name", manifest.name())
        .put("version", manifest.version())
        .put("author", manifest.author())
        .put("description", manifest.description())
        .put("talosVersions", manifest.talosVersions())
        .putIfPresent("extraInfo", manifest.extraInfo());
  }

  private static JsonText json(Extension.SyntheticFile file) {
    return JsonText.object()
        .put("path", file.path())
        .put("content", file.content())
        .put("mode", file.mode())
        .putIfPresent("selinux", file.selinux());
  }

  private static Extension packaged(JsonFields fields) throws MalformedJsonException {
    return new Extension.Packaged(
        new Input.ExtensionImage(
            fields.text("extension"),
            PartsJson.digest(fields.text("image")),
            PartsJson.architecture(fields.text("architecture")),
            fields.optionalText("repository")));
  }

  private static Extension synthetic(JsonFields fields) throws MalformedJsonException {
    ExtensionManifest manifest =
        new ExtensionManifest(
            fields.text("name"),
            fields.text("version"),
            fields.text("author"),
            fields.text("description"),
            fields.text("talosVersions"),
            fields.optionalText("extraInfo"));
    List<Extension.SyntheticFile> files = new ArrayList<>();
    for (JsonFields file : fields.objects("files")) {
      files.add(
          new Extension.SyntheticFile(
              file.text("path"),
              file.text("content"),
              file.integer("mode"),
              file.optionalText("selinux")));
      file.end();
    }
    return new Extension.Synthetic(manifest, files);
  }
}
