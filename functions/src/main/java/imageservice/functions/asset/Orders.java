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
/// and invokes the builder. Where the builder is too busy to take the order, the record is left as
/// it was.
public final class Orders {
  private final BuildLedger builds;
  private final PlanStore plans;
  private final BuilderInvocation builder;
  private final StoredAssets stored;
  private final Waiting waiting;

  public Orders(
      BuildLedger builds,
      PlanStore plans,
      BuilderInvocation builder,
      StoredAssets stored,
      Waiting waiting) {
    this.builds = builds;
    this.plans = plans;
    this.builder = builder;
    this.stored = stored;
    this.waiting = waiting;
  }

  /// The build's record. Orders the build first where it was not ordered yet, its lease has
  /// expired, its failure may be retried, or its product is gone.
  ///
  /// @param seen the record's table item as the request read it; empty where the table had none
  /// @throws BusyException where the build was not ordered because too many orders wait
  BuildRecord begin(AssetAddress address, BuildPlan plan, Optional<Item> seen) throws IOException {
    AssetKey key = AssetKey.of(plan);
    BuildLedger.Acquisition first =
        builds.acquire(address, key, waiting.now(), builder.patience(), seen);
    boolean lost =
        first.record().state() instanceof BuildState.Ready ready
            && stored.find(address, ready).isEmpty();
    BuildLedger.Acquisition acquisition =
        lost ? builds.acquireLost(address, key, waiting.now(), builder.patience()) : first;
    return ordered(address, plan, acquisition);
  }

  /// The record of a build that the request waits for. Orders the build again where its lease has
  /// expired or its failure may be retried.
  ///
  /// @throws BusyException as in {@link #begin}
  BuildRecord look(AssetAddress address, BuildPlan plan) throws IOException {
    return ordered(
        address,
        plan,
        builds.acquire(address, AssetKey.of(plan), waiting.now(), builder.patience()));
  }

  private BuildRecord ordered(
      AssetAddress address, BuildPlan plan, BuildLedger.Acquisition acquisition)
      throws IOException {
    return acquisition.acquired() ? order(address, plan, acquisition) : acquisition.record();
  }

  private BuildRecord order(
      AssetAddress address, BuildPlan plan, BuildLedger.Acquisition acquisition)
      throws IOException {
    BuildRecord record = acquisition.record();
    try {
      plans.put(plan);
    } catch (IOException e) {
      return failed(address, record, "the plan cannot be kept: " + e.getMessage());
    }
    try {
      builder.start(new BuildOrder(address, record.fence(), record.plan()));
      return record;
    } catch (BusyException e) {
      builds.withdraw(acquisition, waiting.now());
      throw e;
    } catch (IOException e) {
      return failed(address, record, "the builder cannot be given the order: " + e.getMessage());
    }
  }

  private BuildRecord failed(AssetAddress address, BuildRecord record, String message)
      throws IOException {
    builds.fail(address, record.fence(), FailureKind.STORAGE, message, waiting.now());
    return builds.find(address).orElse(record);
  }
}
