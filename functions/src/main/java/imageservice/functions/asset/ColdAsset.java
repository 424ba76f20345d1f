package imageservice.functions.asset;

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
import java.util.Optional;

/// An asset that is not there yet: planned, built by whoever gets the record first, waited for by
/// everybody.
public final class ColdAsset {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final String externalUrl;
  private final Planning planning;
  private final ReleaseDocuments documents;
  private final Orders orders;
  private final Redirects redirects;
  private final BuildStatus status;
  private final Waiting waiting;
  private final Duration hold;

  /// Takes everything it works with.
  ///
  /// @param hold how long one request is kept waiting; API Gateway ends requests after 30 s
  public ColdAsset(
      String externalUrl,
      Planning planning,
      ReleaseDocuments documents,
      Orders orders,
      Redirects redirects,
      BuildStatus status,
      Waiting waiting,
      Duration hold) {
    this.externalUrl = externalUrl;
    this.planning = planning;
    this.documents = documents;
    this.orders = orders;
    this.redirects = redirects;
    this.status = status;
    this.waiting = waiting;
    this.hold = hold;
  }

  /// Sets the build going that an asset takes, where it takes one and there is a plan for it, and
  /// waits for nothing: whoever asks for the asset is told what became of it.
  public void start(Asset asset) throws IOException {
    switch (planning.plan(asset).orElse(null)) {
      case PlanOutcome.Planned planned ->
          orders.begin(asset.objectKey(externalUrl), planned.plan());
      case PlanOutcome.DocumentNeeded needed -> documents.start(needed.version());
      case PlanOutcome.Refused ignored -> {}
      case null -> {}
    }
  }

  /// The answer; nothing where nobody knows the configuration.
  Optional<Answer> answer(AssetRequest asset) throws IOException {
    return answer(asset, Hold.of(waiting, hold));
  }

  private Optional<Answer> answer(AssetRequest asset, Hold patience) throws IOException {
    Optional<PlanOutcome> outcome = planning.plan(asset.asset());
    return outcome.isEmpty()
        ? Optional.empty()
        : switch (outcome.get()) {
          case PlanOutcome.Refused refused -> Optional.of(Planning.problem(refused));
          case PlanOutcome.DocumentNeeded needed -> withDocument(asset, needed, patience);
          case PlanOutcome.Planned planned -> Optional.of(build(asset, planned.plan(), patience));
        };
  }

  private Optional<Answer> withDocument(
      AssetRequest asset, PlanOutcome.DocumentNeeded needed, Hold patience) throws IOException {
    return switch (documents.await(needed.version(), patience)) {
      case ReleaseDocuments.Found ignored -> answer(asset, patience);
      case ReleaseDocuments.NotYet notYet -> Optional.of(comeAgain(asset, notYet.problem()));
      case ReleaseDocuments.Failed failed -> Optional.of(failed.problem());
    };
  }

  private Answer build(AssetRequest asset, BuildPlan plan, Hold patience) throws IOException {
    if (asset.wantsStatus() || asset.wantsNoWait()) {
      BuildRecord record = orders.begin(asset.objectKey(), plan);
      if (asset.wantsStatus() || record.state() instanceof BuildState.Running) {
        return inWords(asset, record);
      }
    }
    return outcome(
        asset,
        patience.until(
            record -> !(record.state() instanceof BuildState.Running),
            () -> orders.begin(asset.objectKey(), plan)));
  }

  private Answer inWords(AssetRequest asset, BuildRecord record) throws IOException {
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
    String buildId = asset.objectKey().buildId();
    return comeAgain(
        asset,
        Problem.unavailable(
                "building: %s, %d %% of this stage done, see /builds/%s"
                    .formatted(running.progress().stage(), running.progress().percent(), buildId),
                RETRY)
            .ofBuild(buildId, running.progress().stage().toString()));
  }

  /// Sends the client round for as often as it follows, then tells it what to wait for.
  private static Answer comeAgain(AssetRequest asset, Problem problem) {
    int hop = Patience.hop(asset.request());
    return hop < Patience.hops(asset.request()) ? Redirects.toItself(asset, hop + 1) : problem;
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
}
