package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.cmdline.CommandLine;

/// Plans a UKI.
final class UkiPlanner {
  private UkiPlanner() {}

  static PlanOutcome plan(AssetName.Uki uki, PlanParts parts) {
    UkiContent content = parts.uki(uki.target(), CommandLine.Use.UKI);
    return Refusals.tooLong(content.commandLine(), content.longestAppended(), parts)
        .<PlanOutcome>map(refused -> refused)
        .orElseGet(() -> new Planned(new BuildPlan.Uki(content)));
  }
}
