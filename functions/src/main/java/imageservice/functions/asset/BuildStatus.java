package imageservice.functions.asset;

import imageservice.functions.http.Body;
import imageservice.functions.http.Response;
import imageservice.functions.http.Waiting;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.InputAdmission;
import imageservice.ledger.InputProgress;
import imageservice.ledger.Measurement;
import imageservice.ledger.PlanStore;
import imageservice.ledger.Progress;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import imageservice.plan.PlanExplanation;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes a build's record for clients as JSON, with the explanation of its plan.
public final class BuildStatus {
  private final PlanStore plans;
  private final BuildLedger builds;
  private final Waiting waiting;

  public BuildStatus(PlanStore plans, BuildLedger builds, Waiting waiting) {
    this.plans = plans;
    this.builds = builds;
    this.waiting = waiting;
  }

  /// The place of a waiting order in the queue, 1 for the next one. An order that a builder has
  /// taken since counts as the next one.
  long place(BuildRecord record) throws IOException {
    return builds.place(record, waiting.now()).orElse(1);
  }

  /// The 202 for a client that asked for the status or sent `Prefer: respond-async` (RFC 7240,
  /// 4.1).
  Response accepted(AssetRequest asset, BuildRecord record) throws IOException {
    Response accepted =
        new Response(202, Map.of("content-type", Response.JSON), body(record))
            .with("location", "/builds/" + asset.address().buildId())
            .with("retry-after", "1")
            .with("cache-control", "no-store");
    return asset.wantsNoWait() ? accepted.with("preference-applied", "respond-async") : accepted;
  }

  /// The status of a build that is over, or for a client that asks for it by the build's id.
  Response of(BuildRecord record) throws IOException {
    return new Response(200, Map.of("content-type", Response.JSON), body(record))
        .with("x-build-state", state(record.state()))
        .with("cache-control", "no-store");
  }

  private Body body(BuildRecord record) throws IOException {
    JsonText json =
        JsonText.object()
            .put("state", state(record.state()))
            .put("asset", record.address().asset().path())
            .put("assetKey", record.plan().hex())
            .put("attempt", record.attempt())
            .put("startedAt", record.startedAt().toString())
            .put("warnings", record.asset().warnings());
    putState(json, record);
    plan(record).ifPresent(plan -> json.put("plan", PlanExplanation.of(plan)));
    return Body.of(json + "\n");
  }

  /// The plan that the record names; empty where the store has removed it, or another version of
  /// this service wrote it.
  private Optional<BuildPlan> plan(BuildRecord record) throws IOException {
    Optional<String> json = plans.find(record.plan());
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(BuildPlanJson.read(json.get()));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private JsonText putState(JsonText json, BuildRecord record) throws IOException {
    return switch (record.state()) {
      case BuildState.Queued ignored -> progress(json, Progress.NONE).put("place", place(record));
      case BuildState.Running running -> progress(json, running.progress());
      case BuildState.Ready ready ->
          ready(json, ready.product()).put("location", record.address().asset().path());
      case BuildState.Failed failed ->
          json.put("stage", failed.stage().toString())
              .put(
                  "error",
                  JsonText.object()
                      .put("kind", failed.kind().name().toLowerCase(Locale.ROOT))
                      .put("message", failed.message())
                      .put("retryAt", failed.retryAt().toString()));
    };
  }

  private static JsonText progress(JsonText json, Progress progress) {
    return json.put("stage", progress.stage().toString())
        .put("percent", progress.percent())
        .put("doneBytes", progress.doneBytes())
        .put("totalBytes", progress.totalBytes())
        .put("inputs", progress.inputs().stream().map(BuildStatus::json).toList());
  }

  private static JsonText json(InputProgress input) {
    return JsonText.object()
        .put("repository", input.repository())
        .put("digest", input.digest().value())
        .put("doneBytes", input.doneBytes())
        .put("totalBytes", input.totalBytes());
  }

  /// A product without contents, measurements or admissions has no such field.
  private static JsonText ready(JsonText json, StoredProduct product) {
    json.put("size", product.asset().size())
        .put("sha256", product.asset().digest().hex())
        .putIfPresent("sha512", product.asset().sha512());
    if (!product.contents().isEmpty()) {
      json.put("contents", product.contents().stream().map(BuildStatus::json).toList());
    }
    if (!product.measurements().isEmpty()) {
      json.put("measurements", product.measurements().stream().map(BuildStatus::json).toList());
    }
    if (!product.admissions().isEmpty()) {
      json.put("admissions", product.admissions().stream().map(BuildStatus::json).toList());
    }
    return json;
  }

  private static JsonText json(StoredObject object) {
    return JsonText.object().put("digest", object.digest().value()).put("size", object.size());
  }

  private static JsonText json(Measurement measurement) {
    return JsonText.object()
        .put("profile", measurement.profile())
        .put("phase", measurement.phase())
        .put("bank", measurement.bank())
        .put("pcr", measurement.pcr())
        .put("value", measurement.value());
  }

  private static JsonText json(InputAdmission admission) {
    return JsonText.object().put("policy", admission.policy()).put("images", admission.images());
  }

  static String state(BuildState state) {
    return switch (state) {
      case BuildState.Queued ignored -> "queued";
      case BuildState.Running ignored -> "building";
      case BuildState.Ready ignored -> "ready";
      case BuildState.Failed ignored -> "failed";
    };
  }
}
