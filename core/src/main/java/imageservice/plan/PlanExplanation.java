package imageservice.plan;

import imageservice.json.JsonText;
import java.util.List;
import java.util.Optional;

/// Explains a {@link BuildPlan} to clients as JSON: asset key, recipe, effective command line,
/// inputs by digest, extensions. It omits the contents of files from the configuration, which may
/// hold a machine's secrets, so that a builder cannot build from it.
public final class PlanExplanation {
  private PlanExplanation() {}

  public static JsonText of(BuildPlan plan) {
    JsonText json =
        JsonText.object()
            .put("assetKey", AssetKey.of(plan).hex())
            .put("recipe", plan.recipe().toString());
    booted(json, plan.commandLine(), plan.uki());
    if (plan instanceof BuildPlan.InstallerImage image) {
      json.put("images", image.contents().stream().map(PlanExplanation::image).toList());
    }
    json.put("inputs", plan.inputs().stream().map(PlanExplanation::json).toList());
    plan.initramfs()
        .ifPresent(content ->
            json.put(
                "extensions", content.extensions().stream().map(PlanExplanation::json).toList()));
    return json;
  }

  private static JsonText image(InstallerContent content) {
    return booted(
        JsonText.object().put("architecture", content.architecture().toString()),
        content.commandLine(),
        content.uki());
  }

  private static JsonText booted(
      JsonText json, Optional<PlannedCommandLine> commandLine, Optional<UkiContent> uki) {
    commandLine.ifPresent(line -> commandLine(json, line));
    uki.filter(image -> !image.profiles().isEmpty()).ifPresent(image -> profiles(json, image));
    return json;
  }

  /// The command line, or where an overlay's program completes it, the line without the overlay's
  /// arguments.
  private static void commandLine(JsonText json, PlannedCommandLine line) {
    switch (line) {
      case PlannedCommandLine.Settled settled -> json.put("commandLine", settled.planned());
      case PlannedCommandLine.WithOverlay incomplete ->
          json.put("commandLineWithoutOverlay", incomplete.planned());
    }
  }

  private static void profiles(JsonText json, UkiContent uki) {
    List<JsonText> profiles =
        uki.profiles().stream()
            .map(profile ->
                JsonText.object()
                    .put("id", profile.id())
                    .putIfPresent("title", profile.title())
                    .putIfPresent("appended", profile.appended()))
            .toList();
    json.put("profiles", profiles);
  }

  private static JsonText json(Input input) {
    return switch (input) {
      case Input.ImageFile file ->
          JsonText.object()
              .put("repository", file.repository())
              .put("digest", file.image().value())
              .put("path", file.path());
      case Input.ImageFolder folder ->
          JsonText.object()
              .put("repository", folder.repository())
              .put("digest", folder.image().value())
              .put("folder", folder.path());
      case Input.ExtensionImage extension ->
          JsonText.object()
              .put("repository", extension.repository().orElse(extension.name()))
              .put("digest", extension.image().value())
              .put("architecture", extension.architecture().toString());
      case Input.BaseImage base ->
          JsonText.object()
              .put("repository", base.repository())
              .put("digest", base.image().value())
              .put("architecture", base.architecture().toString());
      case Input.OverlayImage overlay ->
          JsonText.object()
              .put("repository", overlay.repository())
              .put("digest", overlay.image().value())
              .put("overlay", overlay.name())
              .put("architecture", overlay.architecture().toString());
      case Input.SourceImage source ->
          JsonText.object()
              .put("repository", source.repository())
              .put("digest", source.image().value());
      case Input.GrubKit kit -> JsonText.object().put("grubKit", kit.kit().value());
    };
  }

  private static JsonText json(Extension extension) {
    return switch (extension) {
      case Extension.Packaged packaged ->
          JsonText.object()
              .put("name", packaged.image().name())
              .put("digest", packaged.image().image().value());
      case Extension.Synthetic synthetic ->
          JsonText.object()
              .put("name", synthetic.manifest().name())
              .put("version", synthetic.manifest().version());
    };
  }
}
