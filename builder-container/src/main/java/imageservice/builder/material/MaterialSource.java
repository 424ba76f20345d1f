package imageservice.builder.material;

import imageservice.plan.BuildPlan;
import java.io.IOException;

/// Fetches the material of plans.
public interface MaterialSource {
  /// Every input of the plan.
  ///
  /// @throws IOException for the first input that cannot be fetched
  Material fetch(BuildPlan plan) throws IOException;
}
