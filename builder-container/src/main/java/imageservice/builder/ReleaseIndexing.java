package imageservice.builder;

import imageservice.builder.cache.DamageRetry;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.SourceException;
import imageservice.ledger.ItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseDocumentJson;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps the index of releases and the document of each release up to date.
public final class ReleaseIndexing {
  /// How many minor versions, counted from the newest, still get images after their first.
  private static final int ACTIVE_MINORS = 2;

  private final ReleaseIndexer indexer;
  private final DocumentMaker documents;
  private final ReleaseLedger releases;
  private final Optional<Digest> grubKit;
  private final InstantSource clock;
  private final Duration budget;
  private final IndexLog log;

  /// @param grubKit digest of the kit that ISOs get their boot loader from
  /// @param budget after which a run begins no further document; the next run makes those left
  public ReleaseIndexing(
      ReleaseIndexer indexer,
      DocumentMaker documents,
      ReleaseLedger releases,
      Optional<Digest> grubKit,
      InstantSource clock,
      Duration budget,
      IndexLog log) {
    this.indexer = indexer;
    this.documents = documents;
    this.releases = releases;
    this.grubKit = grubKit;
    this.clock = clock;
    this.budget = budget;
    this.log = log;
  }

  /// Renews the index, then writes documents that are missing, the newest release's first.
  ///
  /// @throws IOException where the source does not list its releases, or the table cannot be
  ///   reached
  public void run() throws IOException {
    Instant end = clock.instant().plus(budget);
    ReleaseIndex index = withDocuments(renew());
    Set<TalosVersion> documented = writeMissing(index, end);
    if (!documented.equals(index.documented())) {
      releases.write(index.withDocumented(documented));
    }
  }

  /// Takes no document for settled where the operator has other catalogues than before.
  private ReleaseIndex withDocuments(ReleaseIndex index) throws IOException {
    Optional<TalosVersion> newest = index.documented().stream().max(Comparator.naturalOrder());
    Optional<ReleaseDocument> document =
        newest.isPresent() ? releases.document(newest.get()) : Optional.empty();
    return document.isPresent() && !documents.isOfTheseCatalogues(document.get())
        ? index.withDocumented(Set.of())
        : index;
  }

  /// Renews the index alone, and writes it where it changed. A failure is written into the table,
  /// where requests read it that wait for a first index.
  public ReleaseIndex renew() throws IOException {
    ReleaseIndex before = releases.read();
    ReleaseIndex now = index(before);
    if (!now.equals(before)) {
      releases.write(now);
    }
    if (now.releases().isEmpty()) {
      releases.fail("the source offers no release: its image imager has no tag that is a version");
    }
    log.renewed(now.releases().size());
    return now;
  }

  private ReleaseIndex index(ReleaseIndex before) throws IOException {
    try {
      return indexer.index(before, grubKit);
    } catch (IOException e) {
      releases.fail(FailureMessage.of(e));
      throw e;
    }
  }

  /// Writes one release's document now. A failure is written into the table, where requests that
  /// wait for the document read it.
  public void document(TalosVersion version) throws IOException {
    if (releases.read().find(version).isEmpty()) {
      throw new IllegalArgumentException("not a version of the index: " + version);
    }
    try {
      write(version, releases.document(version));
    } catch (IOException e) {
      releases.failIndexing(version, FailureMessage.of(e), clock.instant());
      throw e;
    }
  }

  /// Makes those of the documents again that were written before the source had all their
  /// catalogues, or with other catalogues of the operator's.
  public void complete() throws IOException {
    ReleaseIndex index = releases.read();
    List<TalosVersion> newest = newest(index.versions());
    for (TalosVersion version : index.versions().reversed()) {
      Optional<ReleaseDocument> document = releases.document(version);
      if (document.isPresent()
          && (newest.contains(version) || !documents.isOfTheseCatalogues(document.get()))) {
        settle(version, index);
      }
    }
  }

  private ReleaseDocument write(TalosVersion version, Optional<ReleaseDocument> before)
      throws IOException {
    DocumentMaker.Made made =
        DamageRetry.run(
            () -> documents.make(version, before), damage -> log.damaged(version, damage));
    requireSize(made.document());
    releases.write(made.document());
    log.documented(version, made.passedOver());
    return made.document();
  }

  private static void requireSize(ReleaseDocument document) throws IOException {
    int size = ReleaseDocumentJson.write(document).getBytes(StandardCharsets.UTF_8).length;
    if (size > ItemTable.LARGEST_TEXT) {
      throw new IOException(
          "the document of %s has %d bytes, at most %d"
              .formatted(document.version(), size, ItemTable.LARGEST_TEXT));
    }
  }

  /// Writes missing documents until `end`; returns the releases whose documents are settled.
  private Set<TalosVersion> writeMissing(ReleaseIndex index, Instant end) throws IOException {
    Set<TalosVersion> documented = new HashSet<>(index.documented());
    List<TalosVersion> moving = documents.hasOwn() ? newest(index.versions()) : List.of();
    List<TalosVersion> missing =
        index.versions().reversed().stream()
            .filter(version -> !index.documented().contains(version) || moving.contains(version))
            .toList();
    try {
      for (TalosVersion version : missing) {
        if (!clock.instant().isBefore(end)) {
          break;
        }
        if (settle(version, index)) {
          documented.add(version);
        }
      }
    } catch (SourceException.Unavailable e) {
      return documented; // the source would not answer for the others either
    }
    return documented;
  }

  /// Whether the release's document is settled now. A failure is logged; only that of a source that
  /// does not answer, or an interruption, is thrown.
  private boolean settle(TalosVersion version, ReleaseIndex index) throws IOException {
    try {
      return isSettled(document(version, index), index);
    } catch (SourceException.Unavailable | InterruptedIOException e) {
      log.failed(version, e);
      throw e;
    } catch (IOException e) {
      log.failed(version, e);
      return false;
    }
  }

  /// The document that was written on demand where it is settled, else a new one.
  private ReleaseDocument document(TalosVersion version, ReleaseIndex index) throws IOException {
    Optional<ReleaseDocument> written = releases.document(version);
    return written.isPresent()
            && isSettled(written.get(), index)
            && !(newest(index.versions()).contains(version) && documents.isOutdated(written.get()))
        ? written.get()
        : write(version, written);
  }

  /// Catalogue images are pushed some time after the release itself. So a document that lacks one
  /// is made again until the release is no longer one of the newest: then none will be pushed.
  private boolean isSettled(ReleaseDocument document, ReleaseIndex index) {
    return documents.isOfTheseCatalogues(document)
        && (DocumentMaker.isComplete(document)
            || !newest(index.versions()).contains(document.version()));
  }

  /// The newest release of each of the newest minor versions.
  private static List<TalosVersion> newest(List<TalosVersion> ascending) {
    List<TalosVersion> newestOfMinor =
        ascending.stream()
            .filter(version ->
                ascending.stream()
                    .noneMatch(other ->
                        other.major() == version.major()
                            && other.minor() == version.minor()
                            && other.compareTo(version) > 0))
            .toList();
    int from = Math.max(0, newestOfMinor.size() - ACTIVE_MINORS);
    return newestOfMinor.subList(from, newestOfMinor.size());
  }
}
