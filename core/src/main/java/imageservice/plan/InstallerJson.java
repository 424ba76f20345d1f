package imageservice.plan;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Installers as fields of {@link BuildPlanJson}.
final class InstallerJson {
  private InstallerJson() {}

  static JsonText json(InstallerContent content) {
    JsonText json = JsonText.object().put("base", base(content.base()));
    switch (content.installed()) {
      case InstallerContent.Separate separate ->
          json.put("kernel", PartsJson.json(separate.kernel()))
              .put("initramfs", PartsJson.json(separate.initramfs()));
      case InstallerContent.Unified unified -> PartsJson.put(json, unified.boot());
    }
    content.overlay().ifPresent(carried -> json.put("overlay", overlay(carried)));
    return json;
  }

  static InstallerContent read(JsonFields fields) throws MalformedJsonException {
    InstallerContent content =
        new InstallerContent(base(fields.object("base")), installed(fields), overlay(fields));
    fields.end();
    return content;
  }

  static List<InstallerContent> readAll(List<JsonFields> all) throws MalformedJsonException {
    List<InstallerContent> contents = new ArrayList<>();
    for (JsonFields each : all) {
      contents.add(read(each));
    }
    if (contents.isEmpty()) {
      throw new MalformedJsonException("installers: empty");
    }
    return contents;
  }

  static JsonText put(JsonText json, Optional<Signing> signing) {
    signing.ifPresent(present ->
        json.put(
            "signing",
            JsonText.object()
                .put("key", present.key().value())
                .put("reference", present.reference())));
    return json;
  }

  static Optional<Signing> signing(JsonFields plan) throws MalformedJsonException {
    Optional<JsonFields> fields = plan.optionalObject("signing");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Signing signing =
        new Signing(PartsJson.digest(fields.get().text("key")), fields.get().text("reference"));
    fields.get().end();
    return Optional.of(signing);
  }

  private static InstallerContent.Installed installed(JsonFields fields)
      throws MalformedJsonException {
    return fields.has("uki")
        ? new InstallerContent.Unified(PartsJson.systemdBoot(fields))
        : new InstallerContent.Separate(
            PartsJson.imageFile(fields.object("kernel")),
            PartsJson.initramfs(fields.object("initramfs")));
  }

  private static JsonText base(Input.BaseImage base) {
    return JsonText.object()
        .put("repository", base.repository())
        .put("image", base.image().value())
        .put("architecture", base.architecture().name());
  }

  private static Input.BaseImage base(JsonFields fields) throws MalformedJsonException {
    Input.BaseImage base =
        new Input.BaseImage(
            fields.text("repository"),
            PartsJson.digest(fields.text("image")),
            PartsJson.architecture(fields.text("architecture")));
    fields.end();
    return base;
  }

  private static JsonText overlay(InstallerContent.CarriedOverlay carried) {
    return JsonText.object()
        .put("name", carried.image().name())
        .put("repository", carried.image().repository())
        .put("image", carried.image().image().value())
        .put("architecture", carried.image().architecture().name())
        .put("options", carried.options());
  }

  private static Optional<InstallerContent.CarriedOverlay> overlay(JsonFields fields)
      throws MalformedJsonException {
    Optional<JsonFields> overlay = fields.optionalObject("overlay");
    return overlay.isEmpty() ? Optional.empty() : Optional.of(carried(overlay.get()));
  }

  private static InstallerContent.CarriedOverlay carried(JsonFields fields)
      throws MalformedJsonException {
    InstallerContent.CarriedOverlay carried =
        new InstallerContent.CarriedOverlay(
            new Input.OverlayImage(
                fields.text("name"),
                fields.text("repository"),
                PartsJson.digest(fields.text("image")),
                PartsJson.architecture(fields.text("architecture"))),
            fields.text("options"));
    fields.end();
    return carried;
  }
}
