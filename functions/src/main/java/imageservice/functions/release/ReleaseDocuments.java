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

  /// It could not be written: no use in waiting longer.
  public record Failed(Problem problem) implements Outcome {}

  /// The document of a version that the index has.
  public Outcome await(TalosVersion version, Hold hold) throws IOException {
    return hold.until(outcome -> !(outcome instanceof NotYet), () -> look(version));
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
        return new NotYet(cannotBeRead(version, String.valueOf(e.getMessage())));
      }
    }
    Optional<String> failure = releases.indexingFailure(version, waiting.now());
    return failure.isPresent()
        ? new Failed(cannotBeRead(version, failure.get()))
        : new NotYet(
            Problem.unavailable(
                "the catalogues of Talos " + version + " are being read for the first time",
                RETRY));
  }

  private static Problem cannotBeRead(TalosVersion version, String reason) {
    return Problem.unavailable(
        "the catalogues of Talos %s cannot be read now: %s".formatted(version, reason), RETRY);
  }
}
