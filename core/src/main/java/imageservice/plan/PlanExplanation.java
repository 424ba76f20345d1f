package imageservice.plan;

import imageservice.json.JsonText;
import java.util.List;
import java.util.Optional;

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
    commandLine(plan).ifPresent(line -> commandLine(json, line));
    uki(plan).filter(uki -> !uki.profiles().isEmpty()).ifPresent(uki -> profiles(json, uki));
    json.put("inputs", plan.inputs().stream().map(PlanExplanation::json).toList());
    initramfs(plan)
        .ifPresent(content ->
            json.put(
                "extensions", content.extensions().stream().map(PlanExplanation::json).toList()));
    return json;
  }

  private static Optional<PlannedCommandLine> commandLine(BuildPlan plan) {
    return switch (plan) {
      case BuildPlan.Cmdline cmdline -> Optional.of(new PlannedCommandLine.Settled(cmdline.text()));
      case BuildPlan.GrubIso iso -> Optional.of(iso.commandLine());
      case BuildPlan.Uki uki -> Optional.of(uki.content().commandLine());
      case BuildPlan.SystemdBootIso iso -> Optional.of(iso.uki().commandLine());
      case BuildPlan.HybridIso iso -> Optional.of(iso.uki().commandLine());
      case BuildPlan.Kernel ignored -> Optional.empty();
      case BuildPlan.Initramfs ignored -> Optional.empty();
      case BuildPlan.Talosctl ignored -> Optional.empty();
    };
  }

  /// The line, or as much of it as is known before an overlay's program was asked.
  private static void commandLine(JsonText json, PlannedCommandLine line) {
    switch (line) {
      case PlannedCommandLine.Settled settled -> json.put("commandLine", settled.text());
      case PlannedCommandLine.WithOverlay asked ->
          json.put("commandLineWithoutOverlay", asked.with(List.of()));
    }
  }

  private static Optional<InitramfsContent> initramfs(BuildPlan plan) {
    return switch (plan) {
      case BuildPlan.Initramfs initramfs -> Optional.of(initramfs.content());
      case BuildPlan.GrubIso iso -> Optional.of(iso.initramfs());
      case BuildPlan.Uki uki -> Optional.of(uki.content().initramfs());
      case BuildPlan.SystemdBootIso iso -> Optional.of(iso.uki().initramfs());
      case BuildPlan.HybridIso iso -> Optional.of(iso.uki().initramfs());
      case BuildPlan.Kernel ignored -> Optional.empty();
      case BuildPlan.Cmdline ignored -> Optional.empty();
      case BuildPlan.Talosctl ignored -> Optional.empty();
    };
  }

  private static Optional<UkiContent> uki(BuildPlan plan) {
    return switch (plan) {
      case BuildPlan.Uki uki -> Optional.of(uki.content());
      case BuildPlan.SystemdBootIso iso -> Optional.of(iso.uki());
      case BuildPlan.HybridIso iso -> Optional.of(iso.uki());
      case BuildPlan.Kernel ignored -> Optional.empty();
      case BuildPlan.Cmdline ignored -> Optional.empty();
      case BuildPlan.Initramfs ignored -> Optional.empty();
      case BuildPlan.GrubIso ignored -> Optional.empty();
      case BuildPlan.Talosctl ignored -> Optional.empty();
    };
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
