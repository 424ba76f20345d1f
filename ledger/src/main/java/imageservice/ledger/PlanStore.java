package imageservice.ledger;

import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.util.Optional;

/// Plans by their keys: written before an order names them, read by the builder and by whoever
/// tells what an asset is made of. A store that cannot be reached is an {@link IOException}.
public interface PlanStore {
  /// Keeps a plan; once more the same is no change.
  void put(BuildPlan plan) throws IOException;

  /// The JSON of the plan of this key, checked against the key.
  Optional<String> find(AssetKey key) throws IOException;
}
