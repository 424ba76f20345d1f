package imageservice.functions.release;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Hold;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Waiting;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// The index and the document of one release, for requests that wait until it is written.
public final class ReleaseCatalogues {
  private final ReleaseLedger releases;
  private final ReleaseReadiness readiness;
  private final ReleaseDocuments documents;
  private final Waiting waiting;
  private final Duration hold;

  public ReleaseCatalogues(
      ReleaseLedger releases,
      ReleaseReadiness readiness,
      ReleaseDocuments documents,
      Waiting waiting,
      Duration hold) {
    this.releases = releases;
    this.readiness = readiness;
    this.documents = documents;
    this.waiting = waiting;
    this.hold = hold;
  }

  /// What is answered out of a release and its document.
  @FunctionalInterface
  public interface Content {
    Answer of(ReleaseIndex index, Release release, ReleaseDocument document) throws IOException;
  }

  boolean isOffered(TalosVersion version) throws IOException {
    return releases.read().find(version).isPresent();
  }

  /// @param suffices whether a document tells what the answer needs
  public Answer answer(
      Request request, TalosVersion version, Predicate<ReleaseDocument> suffices, Content content)
      throws IOException {
    ReleaseIndex index = releases.read();
    if (index.releases().isEmpty()) {
      return readiness.notReady();
    }
    Optional<Release> release = index.find(version);
    if (release.isEmpty()) {
      return Problem.notFound("version %s is not available".formatted(version.number()))
          .advising(index.onOffer(version));
    }
    return switch (documents.await(version, suffices, request.id(), Hold.of(waiting, hold))) {
      case ReleaseDocuments.NoPlace noPlace -> noPlace.problem();
      case ReleaseDocuments.NotYet notYet -> notYet.problem();
      case ReleaseDocuments.Failed failed -> failed.problem();
      case ReleaseDocuments.Written written -> content.of(index, release.get(), written.document());
    };
  }
}
