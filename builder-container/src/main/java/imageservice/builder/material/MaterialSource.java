package imageservice.builder.material;

import imageservice.ledger.InputAdmission;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.util.List;

/// Fetches the material of plans.
public interface MaterialSource {
  /// Every input of the plan.
  ///
  /// @throws IOException for the first input that cannot be fetched
  Material fetch(BuildPlan plan) throws IOException;

  /// Which policies admitted the plan's images.
  default List<InputAdmission> admissions(BuildPlan plan) throws IOException {
    return List.of();
  }

  /// Begins to look at what comes for the plan, for this caller or for any other.
  default Fetching watch(BuildPlan plan) {
    return List::of;
  }
}
