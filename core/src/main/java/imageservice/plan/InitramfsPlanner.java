package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.Planned;

/// Plans an initramfs: the release's, followed by the configuration's extensions.
final class InitramfsPlanner {
  private InitramfsPlanner() {}

  static PlanOutcome plan(AssetName.Initramfs initramfs, PlanParts parts) {
    return new Planned(new BuildPlan.Initramfs(parts.initramfs(initramfs.architecture())));
  }
}
