package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.CommandLine;
import imageservice.release.Capability;
import imageservice.release.InstallerBase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Plans installers: archives of one architecture, and out of the plans of these the image of both.
final class InstallerPlanner {
  /// Where the releases' own archives have the base.
  private static final String NAMESPACE = "siderolabs/";

  private InstallerPlanner() {}

  static PlanOutcome plan(AssetName.Installer installer, PlanParts parts) {
    InstallerContent content = content(installer.target(), parts);
    return refusal(content, parts)
        .<PlanOutcome>map(refused -> refused)
        .orElseGet(
            () -> new Planned(new BuildPlan.InstallerArchive(content, reference(content, parts))));
  }

  /// @param signing how the image is signed
  /// @param archives plans an archive of the same configuration and version
  static PlanOutcome plan(
      Asset.InstallerImage image,
      Optional<Signing> signing,
      Function<AssetName.Installer, PlanOutcome> archives) {
    List<InstallerContent> contents = new ArrayList<>();
    Set<String> warnings = new LinkedHashSet<>();
    for (Architecture architecture : Architecture.values()) {
      Target target = new Target(image.platform(), architecture, image.secureBoot());
      PlanOutcome outcome = archives.apply(new AssetName.Installer(target));
      if (!(outcome instanceof Planned(BuildPlan.InstallerArchive archive, var warned))) {
        return outcome;
      }
      contents.add(archive.content());
      warnings.addAll(warned);
    }
    return new Planned(new BuildPlan.InstallerImage(contents, signing), List.copyOf(warnings));
  }

  private static InstallerContent content(Target target, PlanParts parts) {
    Architecture architecture = target.architecture();
    return new InstallerContent(
        parts.installerBase(architecture),
        Capability.UNIFIED_INSTALLER.in(parts.version()) || target.secureBoot()
            ? new InstallerContent.Unified(parts.systemdBoot(target, CommandLine.Use.INSTALLER))
            : new InstallerContent.Separate(
                parts.kernel(architecture), parts.initramfs(architecture)),
        parts.carriedOverlay(architecture));
  }

  private static Optional<Refused> refusal(InstallerContent content, PlanParts parts) {
    return content
        .uki()
        .flatMap(uki -> Refusals.tooLong(uki.commandLine(), uki.longestAppended(), parts));
  }

  private static String reference(InstallerContent content, PlanParts parts) {
    return NAMESPACE + content.base().repository() + ":" + parts.version();
  }

  /// Of a release whose source has no image to make installers from.
  static Refused noBase(PlanRequest request) {
    return new Refused(
        PlanOutcome.Reason.NO_SUCH_VERSION,
        "this release has no installer image at the source: %s:%s"
            .formatted(InstallerBase.repository(request.version()), request.version()));
  }
}
