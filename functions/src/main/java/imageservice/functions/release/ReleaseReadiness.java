package imageservice.functions.release;

import imageservice.functions.http.Problem;
import imageservice.ledger.ReleaseLedger;
import java.io.IOException;
import java.time.Duration;

/// What clients are told before an index of releases has been read from the source: that it will
/// come, and why it has not. Never an empty list, and nothing that a cache may keep.
public final class ReleaseReadiness {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ReleaseLedger releases;

  public ReleaseReadiness(ReleaseLedger releases) {
    this.releases = releases;
  }

  public Problem notReady() throws IOException {
    String cause = releases.failure().map(failure -> ": " + failure).orElse("");
    return Problem.unavailable(
        "the releases of the source have not been read yet" + cause + "; ask again", RETRY);
  }
}
