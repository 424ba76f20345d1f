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
import imageservice.ledger.PlannedAsset;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanOutcome;
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
  BuildRecord begin(AssetAddress address, PlanOutcome.Planned planned, Optional<Item> seen)
      throws IOException {
    PlannedAsset asset = asset(address, planned);
    BuildLedger.Acquisition first = builds.acquire(asset, waiting.now(), builder.patience(), seen);
    boolean lost =
        first.record().state() instanceof BuildState.Ready ready
            && stored.find(address, ready).isEmpty();
    BuildLedger.Acquisition acquisition =
        lost ? builds.acquireLost(asset, waiting.now(), builder.patience()) : first;
    return ordered(planned.plan(), acquisition);
  }

  /// The record of a build that the request waits for. Orders the build again where its lease has
  /// expired or its failure may be retried.
  ///
  /// @throws BusyException as in {@link #begin}
  BuildRecord look(AssetAddress address, PlanOutcome.Planned planned) throws IOException {
    return ordered(
        planned.plan(), builds.acquire(asset(address, planned), waiting.now(), builder.patience()));
  }

  private static PlannedAsset asset(AssetAddress address, PlanOutcome.Planned planned) {
    return new PlannedAsset(address, AssetKey.of(planned.plan()), planned.warnings());
  }

  private BuildRecord ordered(BuildPlan plan, BuildLedger.Acquisition acquisition)
      throws IOException {
    return acquisition.acquired() ? order(plan, acquisition) : acquisition.record();
  }

  private BuildRecord order(BuildPlan plan, BuildLedger.Acquisition acquisition)
      throws IOException {
    BuildRecord record = acquisition.record();
    try {
      plans.put(plan);
    } catch (IOException e) {
      return failed(record, "the plan cannot be kept: " + e.getMessage());
    }
    try {
      builder.start(new BuildOrder(record.address(), record.fence(), record.plan()));
      return record;
    } catch (BusyException e) {
      builds.withdraw(acquisition, waiting.now());
      throw e;
    } catch (IOException e) {
      return failed(record, "the builder cannot be given the order: " + e.getMessage());
    }
  }

  private BuildRecord failed(BuildRecord record, String message) throws IOException {
    builds.fail(record.address(), record.fence(), FailureKind.STORAGE, message, waiting.now());
    return builds.find(record.address()).orElse(record);
  }
}
