package imageservice.functions.asset;

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
/// digits. It reads the record, and the plan that the record names.
public final class BuildStatusHandler implements Handler {
  private final BuildLedger builds;
  private final BuildStatus status;

  public BuildStatusHandler(BuildLedger builds, BuildStatus status) {
    this.builds = builds;
    this.status = status;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String key = Optional.ofNullable(segments.get("key")).orElseThrow();
    Optional<BuildRecord> record =
        key.matches("[0-9a-f]{64}") ? builds.find(key) : Optional.empty();
    return record.isPresent()
        ? status.of(record.get())
        : Problem.of(404, "build \"%s\" not found".formatted(key));
  }
}
