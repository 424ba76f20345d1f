package imageservice.plan;

import imageservice.release.TalosVersion;

/// A plan, or why there is none.
public sealed interface PlanOutcome {
  record Planned(BuildPlan plan) implements PlanOutcome {}

  /// The request names things of the release's catalogues: plan again with the document of this
  /// version.
  record DocumentNeeded(TalosVersion version) implements PlanOutcome {}

  /// There is no plan.
  ///
  /// @param message one line that names the value at fault and what to do
  record Refused(Reason reason, String message) implements PlanOutcome {}

  enum Reason {
    /// There is no configuration of this id.
    NO_SUCH_CONFIGURATION,
    /// The request cannot be met for this version or by this configuration: ask for something else.
    UNSUPPORTED,
    /// The version is not offered, or has no such file.
    NO_SUCH_VERSION,
    /// This service does not make that kind of thing yet.
    NOT_BUILT_YET,
    /// The service is not set up to make it: its operator has to do something first.
    NOT_SET_UP
  }
}
