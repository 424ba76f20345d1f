package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildRecord;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /builds/{key}`: the progress of a build or its outcome; the key is the build id, 64 hex
/// digits. Of tables it reads the record, and what the warnings follow from.
public final class BuildStatusHandler implements Handler {
  private final BuildLedger builds;
  private final AssetContexts contexts;
  private final BuildStatus status;

  public BuildStatusHandler(BuildLedger builds, AssetContexts contexts, BuildStatus status) {
    this.builds = builds;
    this.contexts = contexts;
    this.status = status;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String key = Optional.ofNullable(segments.get("key")).orElseThrow();
    Optional<BuildRecord> record =
        key.matches("[0-9a-f]{64}") ? builds.find(key) : Optional.empty();
    return record.isPresent()
        ? status(record.get())
        : Problem.of(404, "build \"%s\" not found".formatted(key));
  }

  private Answer status(BuildRecord record) throws IOException {
    Asset asset = record.address().asset();
    return status.of(record, contexts.read(asset).warnings(asset));
  }
}
