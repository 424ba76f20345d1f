package imageservice.functions.release;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// `GET /versions`: the Talos versions of the index, ascending; with `?broken=true` the withheld
/// ones.
public final class VersionsHandler implements Handler {
  private static final String CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=900";

  private final ReleaseLedger releases;
  private final ReleaseReadiness readiness;
  private final List<TalosVersion> broken;

  public VersionsHandler(
      ReleaseLedger releases, ReleaseReadiness readiness, List<TalosVersion> broken) {
    this.releases = releases;
    this.readiness = readiness;
    this.broken = List.copyOf(broken);
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    boolean askedForBroken = request.parameter("broken").orElse("").equals("true");
    List<TalosVersion> versions = askedForBroken ? broken : releases.read().versions();
    if (versions.isEmpty() && !askedForBroken) {
      return readiness.notReady();
    }
    String body = JsonText.array(versions.stream().map(TalosVersion::toString).toList()) + "\n";
    return Conditional.tagged(
        Response.of(200, Response.JSON, body).with("cache-control", CACHE_CONTROL));
  }
}
