package imageservice.plan;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.util.ArrayList;
import java.util.List;

/// A {@link BuildPlan} as canonical JSON, `{"recipe":"grub-iso/1", …}`: what goes to the builder
/// and what is hashed.
public final class BuildPlanJson {
  private BuildPlanJson() {}

  public static String write(BuildPlan plan) {
    return json(plan).toString();
  }

  private static JsonText json(BuildPlan plan) {
    JsonText json = JsonText.object().put("recipe", plan.recipe().toString());
    return switch (plan) {
      case BuildPlan.Kernel kernel -> json.put("kernel", json(kernel.kernel()));
      case BuildPlan.Cmdline cmdline -> json.put("text", cmdline.text());
      case BuildPlan.Initramfs initramfs -> json.put("initramfs", json(initramfs.content()));
      case BuildPlan.GrubIso iso ->
          json.put("volumeId", iso.label().volumeId())
              .put("volumeSetId", iso.label().volumeSetId())
              .put("kernel", json(iso.kernel()))
              .put("initramfs", json(iso.initramfs()))
              .put("commandLine", iso.commandLine())
              .put("resetEntry", iso.resetEntry())
              .put("grubKit", iso.kit().kit().value());
    };
  }

  /// The plan that `text` holds; a recipe of another revision is refused, as this builder cannot
  /// carry it out.
  public static BuildPlan read(String text) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(text);
    BuildPlan plan = read(recipe(fields.text("recipe")), fields);
    fields.end();
    return plan;
  }

  private static BuildPlan read(Recipe recipe, JsonFields fields) throws MalformedJsonException {
    return switch (recipe) {
      case KERNEL -> new BuildPlan.Kernel(imageFile(fields.object("kernel")));
      case CMDLINE -> new BuildPlan.Cmdline(fields.text("text"));
      case INITRAMFS -> new BuildPlan.Initramfs(initramfs(fields.object("initramfs")));
      case GRUB_ISO ->
          new BuildPlan.GrubIso(
              new VolumeLabel(fields.text("volumeId"), fields.text("volumeSetId")),
              imageFile(fields.object("kernel")),
              initramfs(fields.object("initramfs")),
              fields.text("commandLine"),
              fields.flag("resetEntry"),
              new Input.GrubKit(digest(fields.text("grubKit"))));
    };
  }

  private static Recipe recipe(String text) throws MalformedJsonException {
    for (Recipe recipe : Recipe.values()) {
      if (recipe.toString().equals(text)) {
        return recipe;
      }
    }
    throw new MalformedJsonException("recipe: this builder does not know " + text);
  }

  private static JsonText json(Input.ImageFile file) {
    return JsonText.object()
        .put("repository", file.repository())
        .put("image", file.image().value())
        .put("path", file.path());
  }

  private static Input.ImageFile imageFile(JsonFields fields) throws MalformedJsonException {
    Input.ImageFile file =
        new Input.ImageFile(
            fields.text("repository"), digest(fields.text("image")), fields.text("path"));
    fields.end();
    return file;
  }

  private static JsonText json(InitramfsContent content) {
    return JsonText.object()
        .put("base", json(content.base()))
        .put("compression", content.compression().name())
        .put("extensions", content.extensions().stream().map(BuildPlanJson::json).toList());
  }

  private static InitramfsContent initramfs(JsonFields fields) throws MalformedJsonException {
    List<Extension> extensions = new ArrayList<>();
    for (JsonFields extension : fields.objects("extensions")) {
      extensions.add(extension(extension));
    }
    InitramfsContent content =
        new InitramfsContent(
            imageFile(fields.object("base")), compression(fields.text("compression")), extensions);
    fields.end();
    return content;
  }

  private static AddOnCompression compression(String text) throws MalformedJsonException {
    for (AddOnCompression compression : AddOnCompression.values()) {
      if (compression.name().equals(text)) {
        return compression;
      }
    }
    throw new MalformedJsonException("compression: unknown: " + text);
  }

  private static JsonText json(Extension extension) {
    return switch (extension) {
      case Extension.Synthetic synthetic ->
          json(synthetic.manifest())
              .put("files", synthetic.files().stream().map(BuildPlanJson::json).toList());
    };
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
    return JsonText.object().put("path", file.path()).put("content", file.content());
  }

  private static Extension extension(JsonFields fields) throws MalformedJsonException {
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
      files.add(new Extension.SyntheticFile(file.text("path"), file.text("content")));
      file.end();
    }
    fields.end();
    return new Extension.Synthetic(manifest, files);
  }

  private static Digest digest(String text) throws MalformedJsonException {
    return Digest.parse(text)
        .orElseThrow(() -> new MalformedJsonException("not a digest: " + text));
  }
}
