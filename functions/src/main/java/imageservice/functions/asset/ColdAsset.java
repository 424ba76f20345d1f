package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Hold;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Waiting;
import imageservice.functions.release.ReleaseDocuments;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanOutcome;
import java.io.IOException;
import java.time.Duration;

/// Answers requests for an asset that is not ready: plans it, orders its build unless another
/// request has, and waits for the build's end or the end of the hold.
public final class ColdAsset {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final AssetContexts contexts;
  private final ReleaseDocuments documents;
  private final Orders orders;
  private final Redirects redirects;
  private final BuildStatus status;
  private final Waiting waiting;
  private final Duration longestHold;

  /// @param longestHold the time after which a waiting request is answered; API Gateway ends
  ///   requests after 30 s
  public ColdAsset(
      AssetContexts contexts,
      ReleaseDocuments documents,
      Orders orders,
      Redirects redirects,
      BuildStatus status,
      Waiting waiting,
      Duration longestHold) {
    this.contexts = contexts;
    this.documents = documents;
    this.orders = orders;
    this.redirects = redirects;
    this.status = status;
    this.waiting = waiting;
    this.longestHold = longestHold;
  }

  /// Orders the build of an asset that can be planned, unless another request has, and does not
  /// wait. Refusals and failures are left to the answer to the client's request for the asset.
  ///
  /// @param context of a request that names the asset
  public void start(Asset asset, AssetContext context) throws IOException {
    AssetAddress address = contexts.address(asset);
    switch (context.plan(asset)) {
      case PlanOutcome.Planned planned ->
          orders.begin(address, planned.plan(), context.record(address));
      case PlanOutcome.DocumentNeeded needed -> documents.request(needed.version());
      case PlanOutcome.Refused ignored -> {}
    }
  }

  Answer answer(AssetRequest asset) throws IOException {
    Hold hold = Hold.of(waiting, longestHold);
    return answer(asset, contexts.read(asset.address().asset()), hold);
  }

  private Answer answer(AssetRequest asset, AssetContext context, Hold hold) throws IOException {
    return switch (context.plan(asset.address().asset())) {
      case PlanOutcome.Refused refused -> PlanProblem.of(refused);
      case PlanOutcome.DocumentNeeded needed -> withDocument(asset, needed, context, hold);
      case PlanOutcome.Planned planned -> build(asset, planned.plan(), context, hold);
    };
  }

  private Answer withDocument(
      AssetRequest asset, PlanOutcome.DocumentNeeded needed, AssetContext context, Hold hold)
      throws IOException {
    return switch (documents.await(needed.version(), hold)) {
      case ReleaseDocuments.Written written ->
          answer(asset, context.withDocument(written.document()), hold);
      case ReleaseDocuments.NotYet notYet -> hopOrProblem(asset, notYet.problem());
      case ReleaseDocuments.Failed failed -> failed.problem();
    };
  }

  private Answer build(AssetRequest asset, BuildPlan plan, AssetContext context, Hold hold)
      throws IOException {
    BuildRecord first = orders.begin(asset.address(), plan, context.record(asset.address()));
    boolean isRunning = first.state() instanceof BuildState.Running;
    if (asset.wantsStatus() || (asset.wantsNoWait() && isRunning)) {
      return status(asset, first);
    }
    return isRunning
        ? outcome(
            asset,
            hold.until(
                first,
                record -> !(record.state() instanceof BuildState.Running),
                () -> orders.begin(asset.address(), plan)))
        : outcome(asset, first);
  }

  /// The answer to a client that wants the build's status instead of the asset.
  private Answer status(AssetRequest asset, BuildRecord record) throws IOException {
    return switch (record.state()) {
      case BuildState.Running ignored -> status.accepted(asset, record);
      case BuildState.Ready ignored -> status.of(record);
      case BuildState.Failed failed -> problem(asset, failed);
    };
  }

  private Answer outcome(AssetRequest asset, BuildRecord record) {
    return switch (record.state()) {
      case BuildState.Ready ignored -> redirects.toObject(asset);
      case BuildState.Failed failed -> problem(asset, failed);
      case BuildState.Running running -> stillRunning(asset, running);
    };
  }

  private Answer stillRunning(AssetRequest asset, BuildState.Running running) {
    String buildId = asset.address().buildId();
    return hopOrProblem(
        asset,
        Problem.unavailable(
                "building: %s, %d %% of this stage done, see /builds/%s"
                    .formatted(running.progress().stage(), running.progress().percent(), buildId),
                RETRY)
            .ofBuild(buildId, running.progress().stage().toString()));
  }

  /// A hop while the client has hops left, then the problem.
  private static Answer hopOrProblem(AssetRequest asset, Problem problem) {
    int followed = Hops.followed(asset.request());
    return followed < Hops.limit(asset.request())
        ? Redirects.toItself(asset, followed + 1)
        : problem;
  }

  private Problem problem(AssetRequest asset, BuildState.Failed failed) {
    String buildId = asset.address().buildId();
    Duration retry = Duration.between(waiting.now(), failed.retryAt());
    Problem problem =
        switch (failed.kind()) {
          case INPUT -> Problem.of(400, failed.message());
          case SOURCE, STORAGE -> Problem.unavailable(failed.message(), retry);
          case DEFECT ->
              Problem.unavailable(
                  "build failed in %s, build %s: %s"
                      .formatted(failed.stage(), buildId, failed.message()),
                  retry);
        };
    return problem.ofBuild(buildId, failed.stage().toString());
  }
}
