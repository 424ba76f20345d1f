package imageservice.ledger;

import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.util.Optional;

/// Plans by their asset keys. A request writes the plan before its order names it; the builder and
/// the build's status read it. A store that cannot be reached is an {@link IOException}.
public interface PlanStore {
  /// Stores a plan; storing it again changes nothing.
  void put(BuildPlan plan) throws IOException;

  /// The JSON of the plan with this key, its digest checked against the key; empty where the store
  /// has none.
  Optional<String> find(AssetKey key) throws IOException;
}
