package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Item;
import imageservice.ledger.PlanStore;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.util.Optional;

/// Orders builds: of all requests for an asset, the one that acquires its record stores the plan
/// and invokes the builder.
public final class Orders {
  private final BuildLedger builds;
  private final PlanStore plans;
  private final BuilderInvocation builder;
  private final Redirects redirects;
  private final Waiting waiting;

  public Orders(
      BuildLedger builds,
      PlanStore plans,
      BuilderInvocation builder,
      Redirects redirects,
      Waiting waiting) {
    this.builds = builds;
    this.plans = plans;
    this.builder = builder;
    this.redirects = redirects;
    this.waiting = waiting;
  }

  /// The build's record. Orders the build first where it was not ordered yet, its lease has
  /// expired, its failure may be retried, or its product is gone.
  BuildRecord begin(AssetAddress address, BuildPlan plan) throws IOException {
    AssetKey key = AssetKey.of(plan);
    return ordered(address, plan, key, builds.acquire(address, key, waiting.now()));
  }

  /// As {@link #begin(AssetAddress, BuildPlan)}, for a request that has already read the record.
  ///
  /// @param seen the record's table item; empty where the table had none
  BuildRecord begin(AssetAddress address, BuildPlan plan, Optional<Item> seen) throws IOException {
    AssetKey key = AssetKey.of(plan);
    return ordered(address, plan, key, builds.acquire(address, key, waiting.now(), seen));
  }

  private BuildRecord ordered(
      AssetAddress address, BuildPlan plan, AssetKey key, BuildLedger.Acquisition first)
      throws IOException {
    boolean lost =
        first.record().state() instanceof BuildState.Ready ready
            && !redirects.isStored(address, ready);
    BuildLedger.Acquisition acquisition =
        lost ? builds.acquireLost(address, key, waiting.now()) : first;
    return acquisition.acquired()
        ? order(address, plan, acquisition.record())
        : acquisition.record();
  }

  private BuildRecord order(AssetAddress address, BuildPlan plan, BuildRecord record)
      throws IOException {
    try {
      plans.put(plan);
    } catch (IOException e) {
      return failed(address, record, "the plan cannot be kept: " + e.getMessage());
    }
    try {
      builder.start(new BuildOrder(address, record.fence(), record.plan()));
      return record;
    } catch (IOException e) {
      return failed(address, record, "no builder is free: " + e.getMessage());
    }
  }

  private BuildRecord failed(AssetAddress address, BuildRecord record, String message)
      throws IOException {
    builds.fail(address, record.fence(), FailureKind.STORAGE, message, waiting.now());
    return builds.find(address).orElse(record);
  }
}
