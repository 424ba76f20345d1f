package imageservice.functions.release;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.ledger.ReleaseLedger;
import java.io.IOException;
import java.util.Map;

/// `GET /healthz` and `/readyz`: whether the process runs, and whether it can plan.
public final class HealthHandler {
  private final ReleaseLedger releases;
  private final ReleaseReadiness readiness;

  public HealthHandler(ReleaseLedger releases, ReleaseReadiness readiness) {
    this.releases = releases;
    this.readiness = readiness;
  }

  public Answer live(Request request, Map<String, String> segments) {
    return Response.of(200).with("cache-control", "no-store");
  }

  /// Ready once the table can be read and holds an index of releases.
  public Answer ready(Request request, Map<String, String> segments) throws IOException {
    return releases.isPresent()
        ? Response.of(200).with("cache-control", "no-store")
        : readiness.notReady();
  }
}
