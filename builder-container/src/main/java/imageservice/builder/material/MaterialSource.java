package imageservice.builder.material;

import imageservice.plan.BuildPlan;
import java.io.IOException;

/// Where the material of plans comes from.
public interface MaterialSource {
  /// Everything that a plan names, or the failure of the first thing that cannot be had.
  Material fetch(BuildPlan plan) throws IOException;
}
