package imageservice.functions.release;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.ledger.ReleaseLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// `GET /healthz` and `/readyz`: whether the process runs, and whether it can plan.
public final class HealthHandler {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ReleaseLedger releases;

  public HealthHandler(ReleaseLedger releases) {
    this.releases = releases;
  }

  public Answer live(Request request, Map<String, String> segments) {
    return Response.of(200).with("cache-control", "no-store");
  }

  /// Ready once the table can be read and holds an index of releases.
  public Answer ready(Request request, Map<String, String> segments) throws IOException {
    return releases.isPresent()
        ? Response.of(200).with("cache-control", "no-store")
        : Problem.unavailable("not ready", RETRY);
  }
}
