package imageservice.functions.asset;

import imageservice.functions.http.Body;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.Measurement;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.ObjectKey;
import imageservice.plan.PlanExplanation;
import imageservice.plan.PlanOutcome;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A build's record as clients see it, with what the asset is made of.
public final class BuildStatus {
  private final Planning planning;

  public BuildStatus(Planning planning) {
    this.planning = planning;
  }

  /// "Your request is being worked on": for clients that asked for such an answer.
  Response accepted(AssetRequest asset, BuildRecord record) throws IOException {
    Response accepted =
        new Response(202, Map.of("content-type", Response.JSON), body(record))
            .with("location", "/builds/" + asset.objectKey().buildId())
            .with("retry-after", "1")
            .with("cache-control", "no-store");
    return asset.wantsNoWait() ? accepted.with("preference-applied", "respond-async") : accepted;
  }

  Response of(BuildRecord record) throws IOException {
    return new Response(200, Map.of("content-type", Response.JSON), body(record))
        .with("x-build-state", state(record.state()))
        .with("cache-control", "no-store");
  }

  private Body body(BuildRecord record) throws IOException {
    ObjectKey object = new ObjectKey(record.objectKey());
    JsonText json =
        JsonText.object()
            .put("state", state(record.state()))
            .put("asset", object.path())
            .put("assetKey", record.assetKey())
            .put("attempt", record.attempt())
            .put("startedAt", record.startedAt().toString());
    with(json, record);
    plan(object)
        .filter(plan -> AssetKey.of(plan).hex().equals(record.assetKey()))
        .ifPresent(plan -> json.put("plan", PlanExplanation.of(plan)));
    return Body.of(json + "\n");
  }

  /// The plan as it is now, which need not be the one that was carried out.
  private Optional<BuildPlan> plan(ObjectKey object) throws IOException {
    Optional<Asset> asset = Asset.of(object);
    Optional<PlanOutcome> outcome = asset.isEmpty() ? Optional.empty() : planning.plan(asset.get());
    return outcome
        .filter(PlanOutcome.Planned.class::isInstance)
        .map(planned -> ((PlanOutcome.Planned) planned).plan());
  }

  private static JsonText with(JsonText json, BuildRecord record) {
    return switch (record.state()) {
      case BuildState.Running running ->
          json.put("stage", running.progress().stage().toString())
              .put("percent", running.progress().percent())
              .put("doneBytes", running.progress().doneBytes())
              .put("totalBytes", running.progress().totalBytes());
      case BuildState.Ready ready ->
          measured(json.put("size", ready.size()).put("sha256", ready.sha256()), ready)
              .put("location", new ObjectKey(record.objectKey()).path());
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

  /// What a machine that boots it will have measured; left out where it measures nothing.
  private static JsonText measured(JsonText json, BuildState.Ready ready) {
    return ready.measurements().isEmpty()
        ? json
        : json.put("measurements", ready.measurements().stream().map(BuildStatus::json).toList());
  }

  private static JsonText json(Measurement measurement) {
    return JsonText.object()
        .put("profile", measurement.profile())
        .put("phase", measurement.phase())
        .put("bank", measurement.bank())
        .put("pcr", measurement.pcr())
        .put("value", measurement.value());
  }

  private static String state(BuildState state) {
    return switch (state) {
      case BuildState.Running running -> running.claimed() ? "building" : "queued";
      case BuildState.Ready ignored -> "ready";
      case BuildState.Failed ignored -> "failed";
    };
  }
}
