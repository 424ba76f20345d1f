package imageservice.ledger;

import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Plans in memory, for tests.
public final class MemoryPlanStore implements PlanStore {
  private final Map<AssetKey, String> plans = new ConcurrentHashMap<>();

  /// Whether the store can be reached.
  public volatile boolean away;

  @Override
  public void put(BuildPlan plan) throws IOException {
    if (away) {
      throw new IOException("the store is away");
    }
    plans.put(AssetKey.of(plan), BuildPlanJson.write(plan));
  }

  @Override
  public Optional<String> find(AssetKey key) {
    return Optional.ofNullable(plans.get(key));
  }

  /// Forgets all plans, as a bucket's lifecycle does with old ones.
  public void clear() {
    plans.clear();
  }
}
