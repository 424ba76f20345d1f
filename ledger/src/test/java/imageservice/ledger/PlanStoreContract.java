package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every {@link PlanStore} promises.
public abstract class PlanStoreContract {
  /// A store that other tests may have used before.
  protected abstract PlanStore store() throws IOException;

  private final BuildPlan plan =
      new BuildPlan.Cmdline("a=\"\u00e9\ud83d\ude00\" " + UUID.randomUUID());

  @Test
  void findsNothingUnderTheKeyOfAPlanThatWasNotPut() throws IOException {
    assertThat(store().find(AssetKey.of(plan))).isEmpty();
  }

  @Test
  void findsWhatWasPutUnderItsKey() throws IOException {
    store().put(plan);
    assertThat(store().find(AssetKey.of(plan))).contains(BuildPlanJson.write(plan));
  }

  @Test
  void puttingAgainIsNoChange() throws IOException {
    store().put(plan);
    store().put(plan);
    assertThat(store().find(AssetKey.of(plan))).contains(BuildPlanJson.write(plan));
  }

  /// An embedded machine configuration is written as text, again in the configuration's own.
  @Test
  void takesThePlanOfTheLargestConfiguration() throws IOException {
    BuildPlan largest = new BuildPlan.Cmdline("x".repeat(4 * ItemTable.LARGEST_TEXT));
    store().put(largest);
    assertThat(store().find(AssetKey.of(largest))).contains(BuildPlanJson.write(largest));
  }
}
