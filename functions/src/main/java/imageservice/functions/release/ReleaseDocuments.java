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

/// The documents of releases. Each is written when it is first asked for: by the builder's side, at
/// the word of one of those who want it.
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

  /// What came of looking for a document.
  public sealed interface Outcome {}

  public record Found(ReleaseDocument document) implements Outcome {}

  /// It is not there, and the request has to be answered.
  public record NotYet(Problem problem) implements Outcome {}

  /// The document of a version that the index has.
  public Outcome await(TalosVersion version, Hold hold) throws IOException {
    return hold.until(Found.class::isInstance, () -> look(version));
  }

  /// Has the document of a version that the index has written, where it is not there.
  public void start(TalosVersion version) throws IOException {
    look(version);
  }

  private Outcome look(TalosVersion version) throws IOException {
    Optional<ReleaseDocument> document = releases.document(version);
    return document.isPresent() ? new Found(document.get()) : ask(version);
  }

  private Outcome ask(TalosVersion version) throws IOException {
    if (releases.claimIndexing(version, waiting.now())) {
      try {
        indexer.start(version);
      } catch (IOException e) {
        releases.abandonIndexing(version);
        return notYet(
            "the catalogues of Talos " + version + " cannot be read now: " + e.getMessage());
      }
    }
    return notYet("the catalogues of Talos " + version + " are being read for the first time");
  }

  private static NotYet notYet(String reason) {
    return new NotYet(Problem.unavailable(reason, RETRY));
  }
}
