package imageservice.functions.release;

import imageservice.functions.http.Hold;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Waiting;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Release documents. The first request that needs one asks the indexer to write it; the others
/// wait for it.
public final class ReleaseDocuments {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ReleaseLedger releases;
  private final IndexerInvocation indexer;
  private final Waiting waiting;

  public ReleaseDocuments(ReleaseLedger releases, IndexerInvocation indexer, Waiting waiting) {
    this.releases = releases;
    this.indexer = indexer;
    this.waiting = waiting;
  }

  /// The document, or why the request does not get it.
  public sealed interface Outcome {}

  public record Written(ReleaseDocument document) implements Outcome {}

  /// The indexer has not written it before the hold ended.
  public record NotYet(Problem problem) implements Outcome {}

  /// The indexer could not write it.
  public record Failed(Problem problem) implements Outcome {}

  /// The document of a version that the index has; waits for the indexer until the hold ends.
  public Outcome await(TalosVersion version, Hold hold) throws IOException {
    return hold.until(
        ReleaseLedger.documentKey(version),
        look(version),
        outcome -> !(outcome instanceof NotYet),
        () -> look(version));
  }

  /// Asks the indexer for a document that is not written yet, unless another request has, and does
  /// not wait.
  public Outcome request(TalosVersion version) throws IOException {
    if (!releases.claimIndexing(version, waiting.now())) {
      Optional<String> failure = releases.indexingFailure(version, waiting.now());
      return failure.isPresent()
          ? new Failed(cannotBeRead(version, failure.get()))
          : beingRead(version);
    }
    try {
      indexer.start(version);
      return beingRead(version);
    } catch (IOException e) {
      releases.abandonIndexing(version);
      return new NotYet(cannotBeRead(version, String.valueOf(e.getMessage())));
    }
  }

  private Outcome look(TalosVersion version) throws IOException {
    Optional<ReleaseDocument> document = releases.document(version);
    return document.isPresent() ? new Written(document.get()) : request(version);
  }

  private static NotYet beingRead(TalosVersion version) {
    return new NotYet(
        Problem.unavailable(
            "the catalogues of Talos " + version + " are being read for the first time", RETRY));
  }

  private static Problem cannotBeRead(TalosVersion version, String reason) {
    return Problem.unavailable(
        "the catalogues of Talos %s cannot be read now: %s".formatted(version, reason), RETRY);
  }
}
