package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Hold;
import imageservice.functions.http.Navigation;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Waiting;
import imageservice.functions.http.WaitingRoom;
import imageservice.functions.release.ReleaseDocuments;
import imageservice.functions.web.Page;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.Stage;
import imageservice.plan.PlanOutcome;
import imageservice.release.ReleaseDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Answers requests for an asset that is not ready: plans it, orders its build unless another
/// request has, and waits for the build's end or the end of the hold.
public final class ColdAsset {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final AssetContexts contexts;
  private final ReleaseDocuments documents;
  private final Orders orders;
  private final StoredAssets stored;
  private final Serving serving;
  private final BuildStatus status;
  private final PlanProblem problems;
  private final Waiting waiting;
  private final WaitingRoom room;
  private final Duration longestHold;

  /// @param room has places for requests that wait
  /// @param longestHold the time after which a waiting request is answered; API Gateway ends
  ///   requests after 30 s
  public ColdAsset(
      AssetContexts contexts,
      ReleaseDocuments documents,
      Orders orders,
      StoredAssets stored,
      Serving serving,
      BuildStatus status,
      PlanProblem problems,
      Waiting waiting,
      WaitingRoom room,
      Duration longestHold) {
    this.contexts = contexts;
    this.documents = documents;
    this.orders = orders;
    this.stored = stored;
    this.serving = serving;
    this.status = status;
    this.problems = problems;
    this.waiting = waiting;
    this.room = room;
    this.longestHold = longestHold;
  }

  /// Orders the build of an asset that can be planned, unless another request has, and does not
  /// wait. Refusals, failures and a busy builder are left to the answer to the client's request for
  /// the asset.
  ///
  /// @param context of a request that names the asset
  public void start(Asset asset, AssetContext context) throws IOException {
    try {
      begin(asset, context);
    } catch (BusyException e) {
      // The client's request for the asset orders it, or is told that the builder is busy.
    }
  }

  private void begin(Asset asset, AssetContext context) throws IOException {
    AssetAddress address = contexts.address(asset);
    switch (context.plan(asset)) {
      case PlanOutcome.Planned planned -> orders.begin(address, planned, context.record(address));
      case PlanOutcome.DocumentNeeded needed -> documents.request(needed.version());
      case PlanOutcome.Refused ignored -> {}
    }
  }

  Answer answer(AssetRequest asset) throws IOException {
    Hold hold = Hold.of(waiting, Hops.hold(asset.request(), longestHold));
    return answer(asset, contexts.read(asset.address().asset()), hold);
  }

  private Answer answer(AssetRequest asset, AssetContext context, Hold hold) throws IOException {
    return switch (context.plan(asset.address().asset())) {
      case PlanOutcome.Refused refused -> problems.of(refused);
      case PlanOutcome ignored when wantsPage(asset.request()) -> Page.of(asset.request());
      case PlanOutcome.DocumentNeeded needed -> withDocument(asset, needed, context, hold);
      case PlanOutcome.Planned planned -> build(asset, planned, context, hold);
    };
  }

  private boolean wantsPage(Request request) {
    return serving.hasPage() && Navigation.isOf(request);
  }

  private Answer withDocument(
      AssetRequest asset, PlanOutcome.DocumentNeeded needed, AssetContext context, Hold hold)
      throws IOException {
    Predicate<ReleaseDocument> suffices =
        written ->
            !(context.withDocument(written).plan(asset.address().asset())
                instanceof PlanOutcome.DocumentNeeded);
    return switch (documents.await(needed.version(), suffices, asset.request().id(), hold)) {
      case ReleaseDocuments.Written written ->
          answer(asset, context.withDocument(written.document()), hold);
      case ReleaseDocuments.NotYet notYet -> hopOrProblem(asset, notYet.problem());
      case ReleaseDocuments.NoPlace noPlace -> noPlace.problem();
      case ReleaseDocuments.Failed failed -> failed.problem();
    };
  }

  private Answer build(
      AssetRequest asset, PlanOutcome.Planned planned, AssetContext context, Hold hold)
      throws IOException {
    Ordering ordering = new Ordering(orders, asset, planned, waiting);
    Ordering.Outcome first = ordering.begin(context.record(asset.address()));
    boolean waits = first.isOpen() && !asset.wantsStatus() && !asset.wantsNoWait();
    boolean wantsStatus = asset.wantsStatus() || (asset.wantsNoWait() && first.isOpen());
    return switch (first) {
      case Ordering.Busy busy when !waits || busy.until().isAfter(hold.end()) -> busy.problem();
      case Ordering.Ordered(BuildRecord record) when wantsStatus -> status(asset, record);
      default -> waits ? inTheRoom(asset, ordering, first, hold) : outcome(asset, first);
    };
  }

  private Answer inTheRoom(AssetRequest asset, Ordering ordering, Ordering.Outcome first, Hold hold)
      throws IOException {
    Optional<WaitingRoom.Place> place = room.enter(asset.request().id(), hold.end());
    if (place.isEmpty()) {
      return noPlace(asset, first);
    }
    try (WaitingRoom.Place _ = place.get()) {
      return outcome(
          asset,
          hold.until(
              BuildLedger.key(asset.address()),
              first,
              outcome -> !outcome.isOpen(),
              ordering::look));
    }
  }

  private static Answer noPlace(AssetRequest asset, Ordering.Outcome outcome) {
    return switch (outcome) {
      case Ordering.Busy busy -> busy.problem();
      case Ordering.Ordered(BuildRecord record) -> noPlace(asset, record);
    };
  }

  /// Not a hop: that would come back at once and find no place again.
  private static Answer noPlace(AssetRequest asset, BuildRecord record) {
    String buildId = asset.address().buildId();
    return Problem.crowded(
            "the build goes on, and as many requests wait for builds as may: ask again, or see /builds/%s"
                .formatted(buildId),
            RETRY,
            asset.request().id())
        .ofBuild(buildId, stage(record).toString());
  }

  private static Stage stage(BuildRecord open) {
    return open.state() instanceof BuildState.Running running
        ? running.progress().stage()
        : Stage.QUEUED;
  }

  /// The answer to a client that wants the build's status instead of the asset.
  private Answer status(AssetRequest asset, BuildRecord record) throws IOException {
    return switch (record.state()) {
      case BuildState.Queued ignored -> status.accepted(asset, record);
      case BuildState.Running ignored -> status.accepted(asset, record);
      case BuildState.Ready ignored -> status.of(record);
      case BuildState.Failed failed -> problem(asset, failed);
    };
  }

  private Answer outcome(AssetRequest asset, Ordering.Outcome outcome) throws IOException {
    return switch (outcome) {
      case Ordering.Busy busy -> hopOrProblem(asset, busy.problem());
      case Ordering.Ordered(BuildRecord record) -> outcome(asset, record);
    };
  }

  private Answer outcome(AssetRequest asset, BuildRecord record) throws IOException {
    return switch (record.state()) {
      case BuildState.Ready ready -> ready(asset, ready);
      case BuildState.Failed failed -> problem(asset, failed);
      case BuildState.Queued ignored ->
          unfinished(
              asset,
              Stage.QUEUED,
              "waiting for a builder, place %s in the queue".formatted(status.place(record)));
      case BuildState.Running running ->
          unfinished(
              asset,
              running.progress().stage(),
              "building: %s, %d %% of this stage done"
                  .formatted(running.progress().stage(), running.progress().percent()));
    };
  }

  private Answer ready(AssetRequest asset, BuildState.Ready ready) throws IOException {
    Optional<AssetLinks.Found> found = stored.find(asset.address(), ready);
    return found.isPresent()
        ? serving.of(asset, found.get(), ready.product().asset())
        : hopOrProblem(
            asset, Problem.unavailable("the asset is no longer in the store; ask again", RETRY));
  }

  private static Answer unfinished(AssetRequest asset, Stage stage, String said) {
    String buildId = asset.address().buildId();
    return hopOrProblem(
        asset,
        Problem.unavailable(said + ", see /builds/" + buildId, RETRY)
            .ofBuild(buildId, stage.toString()));
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
