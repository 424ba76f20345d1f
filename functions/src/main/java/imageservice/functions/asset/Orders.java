package imageservice.functions.asset;

import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.ObjectKey;
import java.io.IOException;

/// Has objects built: of all who want one, whoever gets its record first gives the order.
public final class Orders {
  private final BuildLedger builds;
  private final BuilderInvocation builder;
  private final Redirects redirects;
  private final Waiting waiting;

  public Orders(
      BuildLedger builds, BuilderInvocation builder, Redirects redirects, Waiting waiting) {
    this.builds = builds;
    this.builder = builder;
    this.redirects = redirects;
    this.waiting = waiting;
  }

  /// The build's record, after taking the build on where nobody has, or where whoever had it
  /// stopped.
  BuildRecord begin(ObjectKey object, BuildPlan plan) throws IOException {
    String assetKey = AssetKey.of(plan).hex();
    BuildLedger.Acquisition acquisition =
        builds.acquire(object.buildId(), object.value(), assetKey, waiting.now());
    if (acquisition.record().state() instanceof BuildState.Ready ready
        && !redirects.isThere(object, ready)) {
      acquisition = builds.acquireLost(object.buildId(), assetKey, waiting.now());
    }
    return acquisition.acquired()
        ? start(object, acquisition.record(), plan)
        : acquisition.record();
  }

  private BuildRecord start(ObjectKey object, BuildRecord record, BuildPlan plan)
      throws IOException {
    try {
      builder.start(new BuildOrder(object, record.fence(), plan));
      return record;
    } catch (IOException e) {
      builds.fail(
          object.buildId(),
          record.fence(),
          FailureKind.STORAGE,
          "no builder is free: " + e.getMessage(),
          waiting.now());
      return builds.find(object.buildId()).orElse(record);
    }
  }
}
