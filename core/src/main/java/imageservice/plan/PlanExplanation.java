package imageservice.plan;

import imageservice.json.JsonText;
import java.util.List;

/// A {@link BuildPlan} for people and programs that ask what an asset is made of: asset key,
/// recipe, effective command line, inputs by digest, extensions. The contents of files that a
/// configuration brings are left out, as they may hold a machine's secrets; so this is no plan to
/// build from.
public final class PlanExplanation {
  private PlanExplanation() {}

  public static JsonText of(BuildPlan plan) {
    JsonText json =
        JsonText.object()
            .put("assetKey", AssetKey.of(plan).hex())
            .put("recipe", plan.recipe().toString());
    plan.commandLine().ifPresent(line -> commandLine(json, line));
    plan.uki().filter(uki -> !uki.profiles().isEmpty()).ifPresent(uki -> profiles(json, uki));
    json.put("inputs", plan.inputs().stream().map(PlanExplanation::json).toList());
    plan.initramfs()
        .ifPresent(content ->
            json.put(
                "extensions", content.extensions().stream().map(PlanExplanation::json).toList()));
    return json;
  }

  /// The line, or as much of it as is known before an overlay's program was asked.
  private static void commandLine(JsonText json, PlannedCommandLine line) {
    switch (line) {
      case PlannedCommandLine.Settled settled -> json.put("commandLine", settled.text());
      case PlannedCommandLine.WithOverlay asked ->
          json.put("commandLineWithoutOverlay", asked.line().with(List.of()));
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
      case Input.ExtensionImage extension ->
          JsonText.object()
              .put("repository", extension.name())
              .put("digest", extension.image().value())
              .put("architecture", extension.architecture().toString());
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
