package imageservice.functions.asset;

import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.configuration.StoredConfiguration;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.ReleaseLedger;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlanRequest;
import imageservice.plan.Planner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// An asset that is not there yet: planned, built by whoever gets the record first, waited for by
/// everybody.
public final class ColdAsset {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Planner planner;
  private final ConfigurationStore configurations;
  private final ReleaseLedger releases;
  private final BuildLedger builds;
  private final BuilderInvocation builder;
  private final Redirects redirects;
  private final Waiting waiting;
  private final Duration hold;

  /// Takes everything it works with.
  ///
  /// @param hold how long one request is kept waiting; API Gateway ends requests after 30 s
  public ColdAsset(
      Planner planner,
      ConfigurationStore configurations,
      ReleaseLedger releases,
      BuildLedger builds,
      BuilderInvocation builder,
      Redirects redirects,
      Waiting waiting,
      Duration hold) {
    this.planner = planner;
    this.configurations = configurations;
    this.releases = releases;
    this.builds = builds;
    this.builder = builder;
    this.redirects = redirects;
    this.waiting = waiting;
    this.hold = hold;
  }

  Answer answer(AssetRequest asset, StoredConfiguration stored) throws IOException {
    PlanRequest request =
        new PlanRequest(
            stored.id(), stored.text(), configurations.read(stored), asset.version(), asset.name());
    return switch (planner.plan(request, releases.read(), releases.document(request.version()))) {
      case PlanOutcome.Refused refused -> problem(refused);
      case PlanOutcome.DocumentNeeded needed ->
          Problem.unavailable(
              "the catalogues of Talos %s are not indexed yet".formatted(needed.version()), RETRY);
      case PlanOutcome.Planned planned -> build(asset, planned.plan());
    };
  }

  private Answer build(AssetRequest asset, BuildPlan plan) throws IOException {
    Instant begin = waiting.now();
    BuildRecord record = begin(asset, plan);
    if (asset.request().header("prefer").orElse("").contains("respond-async")
        && record.state() instanceof BuildState.Running) {
      return BuildStatus.accepted(asset.objectKey(), record);
    }
    Instant end = begin.plus(hold);
    Duration pause = FIRST_PAUSE;
    while (record.state() instanceof BuildState.Running && waiting.now().isBefore(end)) {
      waiting.pause(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      record = begin(asset, plan);
    }
    return outcome(asset, record);
  }

  /// The build's record, after taking the build on where nobody has, or where whoever had it
  /// stopped.
  private BuildRecord begin(AssetRequest asset, BuildPlan plan) throws IOException {
    String buildId = asset.objectKey().buildId();
    String assetKey = AssetKey.of(plan).hex();
    BuildLedger.Acquisition acquisition =
        builds.acquire(buildId, asset.objectKey().value(), assetKey, waiting.now());
    if (acquisition.record().state() instanceof BuildState.Ready ready
        && !redirects.isThere(asset, ready)) {
      acquisition = builds.acquireLost(buildId, assetKey, waiting.now());
    }
    return acquisition.acquired() ? start(asset, acquisition.record(), plan) : acquisition.record();
  }

  private BuildRecord start(AssetRequest asset, BuildRecord record, BuildPlan plan)
      throws IOException {
    String buildId = asset.objectKey().buildId();
    try {
      builder.start(new BuildOrder(asset.objectKey(), record.fence(), plan));
      return record;
    } catch (IOException e) {
      builds.fail(
          buildId,
          record.fence(),
          FailureKind.STORAGE,
          "no builder is free: " + e.getMessage(),
          waiting.now());
      return builds.find(buildId).orElse(record);
    }
  }

  private Answer outcome(AssetRequest asset, BuildRecord record) {
    return switch (record.state()) {
      case BuildState.Ready ignored -> redirects.toObject(asset);
      case BuildState.Failed failed -> problem(asset, failed);
      case BuildState.Running running -> stillRunning(asset, running);
    };
  }

  private Answer stillRunning(AssetRequest asset, BuildState.Running running) {
    int hop = Patience.hop(asset.request());
    if (hop < Patience.hops(asset.request())) {
      return Redirects.toItself(asset, hop + 1);
    }
    String buildId = asset.objectKey().buildId();
    return Problem.unavailable(
            "building: %s, %d %% of this stage done, see /builds/%s"
                .formatted(running.progress().stage(), running.progress().percent(), buildId),
            RETRY)
        .ofBuild(buildId, running.progress().stage().toString());
  }

  private Problem problem(AssetRequest asset, BuildState.Failed failed) {
    String buildId = asset.objectKey().buildId();
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

  private static Answer problem(PlanOutcome.Refused refused) {
    return switch (refused.reason()) {
      case UNSUPPORTED -> Problem.of(400, refused.message());
      case NO_SUCH_VERSION -> Problem.notFound(refused.message());
      case NOT_BUILT_YET -> Problem.of(501, refused.message());
      case NOT_SET_UP -> Problem.of(503, refused.message());
    };
  }
}
