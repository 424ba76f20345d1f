package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.Planned;

/// Plans a kernel: the release's file, unchanged.
final class KernelPlanner {
  private KernelPlanner() {}

  static PlanOutcome plan(AssetName.Kernel kernel, PlanParts parts) {
    return new Planned(new BuildPlan.Kernel(parts.kernel(kernel.architecture())));
  }
}
