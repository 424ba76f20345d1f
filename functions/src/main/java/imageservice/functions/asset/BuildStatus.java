package imageservice.functions.asset;

import imageservice.functions.http.Body;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.plan.ObjectKey;
import java.util.Locale;
import java.util.Map;

/// A build's record as clients see it.
final class BuildStatus {
  private BuildStatus() {}

  /// "Your request is being worked on": for clients that asked for such an answer.
  static Response accepted(ObjectKey key, BuildRecord record) {
    return new Response(202, Map.of("content-type", Response.JSON), body(record))
        .with("location", "/builds/" + key.buildId())
        .with("preference-applied", "respond-async")
        .with("retry-after", "1")
        .with("cache-control", "no-store");
  }

  static Response of(BuildRecord record) {
    return new Response(200, Map.of("content-type", Response.JSON), body(record))
        .with("x-build-state", state(record.state()))
        .with("cache-control", "no-store");
  }

  private static Body body(BuildRecord record) {
    JsonText json =
        JsonText.object()
            .put("state", state(record.state()))
            .put("asset", new ObjectKey(record.objectKey()).path())
            .put("assetKey", record.assetKey())
            .put("attempt", record.attempt())
            .put("startedAt", record.startedAt().toString());
    return Body.of(with(json, record) + "\n");
  }

  private static JsonText with(JsonText json, BuildRecord record) {
    return switch (record.state()) {
      case BuildState.Running running ->
          json.put("stage", running.progress().stage().toString())
              .put("percent", running.progress().percent())
              .put("doneBytes", running.progress().doneBytes())
              .put("totalBytes", running.progress().totalBytes());
      case BuildState.Ready ready ->
          json.put("size", ready.size())
              .put("sha256", ready.sha256())
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

  private static String state(BuildState state) {
    return switch (state) {
      case BuildState.Running running -> running.claimed() ? "building" : "queued";
      case BuildState.Ready ignored -> "ready";
      case BuildState.Failed ignored -> "failed";
    };
  }
}
