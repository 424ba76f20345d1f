package imageservice.choice;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.Compression;
import imageservice.asset.DiskFormat;
import imageservice.asset.Target;
import imageservice.configuration.NamedConfiguration;
import imageservice.json.JsonText;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlannedCommandLine;
import imageservice.plan.Planner;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of a configuration where its machines go from one release to another.
///
/// @param target whose command line and boot loaders are compared
public record VersionChanges(
    Planner planner, NamedConfiguration configuration, Target target, ReleaseIndex index) {
  /// @param before document of the release that the machines have
  /// @param after document of the one they get
  public JsonText between(ReleaseDocument before, ReleaseDocument after) {
    JsonText json =
        JsonText.object()
            .put("id", configuration.id().hex())
            .put("from", before.version().toString())
            .put("to", after.version().toString())
            .put("target", target.toString())
            .put("extensions", extensions(before, after));
    overlay(before, after).ifPresent(change -> json.put("overlay", change));
    List<String> old = arguments(before);
    List<String> fresh = arguments(after);
    return json.put(
            "commandLine",
            JsonText.object().put("removed", without(old, fresh)).put("added", without(fresh, old)))
        .put("bootloaders", bootloaders(before, after))
        .put("refusals", refusals(after));
  }

  private List<JsonText> extensions(ReleaseDocument before, ReleaseDocument after) {
    return configuration.configuration().customization().officialExtensions().stream()
        .distinct()
        .map(name -> extension(name, before.extension(name), after.extension(name)))
        .toList();
  }

  private static JsonText extension(
      String name, Optional<CatalogueExtension> before, Optional<CatalogueExtension> after) {
    JsonText json =
        JsonText.object()
            .put("name", name)
            .put("change", change(before.map(CatalogueExtension::digest), after, name))
            .putIfPresent("from", before.map(each -> tag(each.ref())))
            .putIfPresent("to", after.map(each -> tag(each.ref())));
    return json.putIfPresent(
        "newName", after.map(CatalogueExtension::name).filter(each -> !each.equals(name)));
  }

  private static String change(
      Optional<?> before, Optional<CatalogueExtension> after, String name) {
    if (after.isEmpty()) {
      return "missing";
    }
    if (!after.get().name().equals(name)) {
      return "renamed";
    }
    if (before.isEmpty()) {
      return "new";
    }
    return before.get().equals(after.get().digest()) ? "same" : "updated";
  }

  private Optional<JsonText> overlay(ReleaseDocument before, ReleaseDocument after) {
    String name = configuration.configuration().overlay().name();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<CatalogueOverlay> old = before.overlay(name);
    Optional<CatalogueOverlay> fresh = after.overlay(name);
    String change =
        fresh.isEmpty()
            ? "missing"
            : old.isEmpty()
                ? "new"
                : old.get().digest().equals(fresh.get().digest()) ? "same" : "updated";
    return Optional.of(
        JsonText.object()
            .put("name", name)
            .put("change", change)
            .putIfPresent("from", old.map(each -> tag(each.ref())))
            .putIfPresent("to", fresh.map(each -> tag(each.ref()))));
  }

  private static String tag(String ref) {
    return ref.substring(ref.lastIndexOf(':') + 1);
  }

  /// None where the release makes no command line for the target.
  private List<String> arguments(ReleaseDocument document) {
    return plan(new AssetName.Cmdline(target), document) instanceof PlanOutcome.Planned planned
        ? planned
            .plan()
            .commandLine()
            .map(PlannedCommandLine::planned)
            .map(line -> List.of(line.split(" ", -1)))
            .orElse(List.of())
        : List.of();
  }

  private static List<String> without(List<String> all, List<String> others) {
    List<String> left = new ArrayList<>(all);
    others.forEach(left::remove);
    return left;
  }

  private List<JsonText> bootloaders(ReleaseDocument before, ReleaseDocument after) {
    return media().stream()
        .map(name ->
            JsonText.object()
                .put("asset", name.toString())
                .putIfPresent("from", bootloader(name, before))
                .putIfPresent("to", bootloader(name, after)))
        .toList();
  }

  private List<AssetName> media() {
    return List.of(
        new AssetName.Iso(target), new AssetName.Disk(target, DiskFormat.RAW, Compression.ZST));
  }

  private Optional<String> bootloader(AssetName name, ReleaseDocument document) {
    return plan(name, document) instanceof PlanOutcome.Planned planned
            && planned.plan() instanceof BuildPlan.Medium medium
        ? Optional.of(
            switch (medium.boot()) {
              case Boot.Grub ignored -> "grub";
              case Boot.SystemdBoot ignored -> "sd-boot";
              case Boot.Both ignored -> "dual-boot";
            })
        : Optional.empty();
  }

  /// Why media cannot be made of the release, a line each.
  private List<String> refusals(ReleaseDocument after) {
    return media().stream()
        .flatMap(name ->
            plan(name, after) instanceof PlanOutcome.Refused refused
                ? Optional.of(refused.message()).stream()
                : Optional.<String>empty().stream())
        .distinct()
        .toList();
  }

  private PlanOutcome plan(AssetName name, ReleaseDocument document) {
    return planner.plan(
        new Asset.Configured(configuration.id(), document.version(), name),
        new PlanContext(Optional.of(configuration), index, Optional.of(document)));
  }
}
