package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.cmdline.CommandLine;

/// Plans a kernel command line as an asset of its own, without the overlay's arguments.
final class CmdlinePlanner {
  private CmdlinePlanner() {}

  static PlanOutcome plan(AssetName.Cmdline cmdline, PlanParts parts) {
    return new Planned(
        new BuildPlan.Cmdline(
            CommandLine.of(
                cmdline.target(),
                parts.version(),
                CommandLine.Use.TEXT,
                parts.customization(),
                "")));
  }
}
