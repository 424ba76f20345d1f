package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.cmdline.CommandLine;
import imageservice.release.Capability;

/// Plans an ISO.
final class IsoPlanner {
  private IsoPlanner() {}

  static PlanOutcome plan(AssetName.Iso iso, PlanParts parts) {
    Loaders loaders = Loaders.of(iso.target(), parts.version(), parts.customization());
    return switch (BootPlanner.plan(loaders, iso.target(), CommandLine.Use.ISO, parts)) {
      case BootPlanner.Refused refused -> refused.refusal();
      case BootPlanner.Chosen(Boot boot) -> new Planned(new BuildPlan.Iso(label(parts), boot));
    };
  }

  private static VolumeLabel label(PlanParts parts) {
    return Capability.ISO_LABEL.in(parts.version())
        ? VolumeLabel.of(parts.version())
        : VolumeLabel.UNNAMED;
  }
}
