package imageservice.functions.release;

import imageservice.functions.http.Hold;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Waiting;
import imageservice.functions.http.WaitingRoom;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Release documents. The first request that needs one asks the indexer to write it; the others
/// wait for it.
public final class ReleaseDocuments {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ReleaseLedger releases;
  private final IndexerInvocation indexer;
  private final Waiting waiting;
  private final WaitingRoom room;

  /// @param room has places for requests that wait
  public ReleaseDocuments(
      ReleaseLedger releases, IndexerInvocation indexer, Waiting waiting, WaitingRoom room) {
    this.releases = releases;
    this.indexer = indexer;
    this.waiting = waiting;
    this.room = room;
  }

  /// The document, or why the request does not get it.
  public sealed interface Outcome {}

  public record Written(ReleaseDocument document) implements Outcome {}

  /// The indexer has not written it before the hold ended.
  public record NotYet(Problem problem) implements Outcome {}

  /// As many requests wait as may. The indexer writes it meanwhile.
  public record NoPlace(Problem problem) implements Outcome {}

  /// The indexer could not write it.
  public record Failed(Problem problem) implements Outcome {}

  /// The document of a version that the index has; waits for the indexer until the hold ends.
  ///
  /// @param suffices whether a document tells what the request needs; one that was written by an
  ///   earlier version of the service may not, and is written again
  /// @param request the id of who waits
  public Outcome await(
      TalosVersion version, Predicate<ReleaseDocument> suffices, String request, Hold hold)
      throws IOException {
    Outcome first = look(version, suffices);
    return first instanceof NotYet ? inTheRoom(version, suffices, request, first, hold) : first;
  }

  private Outcome inTheRoom(
      TalosVersion version,
      Predicate<ReleaseDocument> suffices,
      String request,
      Outcome first,
      Hold hold)
      throws IOException {
    Optional<WaitingRoom.Place> place = room.enter(request, hold.end());
    if (place.isEmpty()) {
      return noPlace(version, request);
    }
    try (WaitingRoom.Place _ = place.get()) {
      return hold.until(
          ReleaseLedger.documentKey(version),
          first,
          outcome -> !(outcome instanceof NotYet),
          () -> look(version, suffices));
    }
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

  private Outcome look(TalosVersion version, Predicate<ReleaseDocument> suffices)
      throws IOException {
    Optional<ReleaseDocument> document = releases.document(version).filter(suffices);
    return document.isPresent() ? new Written(document.get()) : request(version);
  }

  private static NotYet beingRead(TalosVersion version) {
    return new NotYet(
        Problem.unavailable(
            "the catalogues of Talos " + version + " are being read for the first time", RETRY));
  }

  private static NoPlace noPlace(TalosVersion version, String request) {
    return new NoPlace(
        Problem.crowded(
            "the catalogues of Talos %s are being read for the first time, and as many requests wait as may: ask again"
                .formatted(version),
            RETRY,
            request));
  }

  private static Problem cannotBeRead(TalosVersion version, String reason) {
    return Problem.unavailable(
        "the catalogues of Talos %s cannot be read now: %s".formatted(version, reason), RETRY);
  }
}
