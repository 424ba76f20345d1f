package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;

/// A plan, or why the planner made none.
public sealed interface PlanOutcome {
  /// @param warnings what the asset holds otherwise than its configuration says, a line each
  record Planned(BuildPlan plan, List<String> warnings) implements PlanOutcome {
    public Planned {
      warnings = List.copyOf(warnings);
    }

    Planned(BuildPlan plan) {
      this(plan, List.of());
    }
  }

  /// The plan needs the catalogues of this version: the caller plans again with its release
  /// document.
  record DocumentNeeded(TalosVersion version) implements PlanOutcome {}

  /// The planner refuses the asset.
  ///
  /// @param message one line that names the value at fault, and where clients do not parse it, what
  ///   to do
  /// @param advice what to do, where clients parse the message
  record Refused(Reason reason, String message, Optional<String> advice) implements PlanOutcome {
    public Refused(Reason reason, String message) {
      this(reason, message, Optional.empty());
    }
  }

  enum Reason {
    /// No configuration has this id.
    NO_SUCH_CONFIGURATION,
    /// The version or the configuration does not support the asset; the client must change the
    /// request.
    UNSUPPORTED,
    /// The service does not offer the version, or the version has no such file.
    NO_SUCH_VERSION,
    /// The indexer has not read the releases of the source yet.
    NOT_INDEXED,
    /// The operator has not set up what the build needs.
    NOT_SET_UP
  }
}
