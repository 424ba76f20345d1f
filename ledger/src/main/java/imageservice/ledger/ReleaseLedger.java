package imageservice.ledger;

import imageservice.json.MalformedJsonException;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseDocumentJson;
import imageservice.release.ReleaseIndex;
import imageservice.release.ReleaseIndexJson;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The index of releases and the release documents in a table. The build side writes them, the
/// request side reads them.
public final class ReleaseLedger {
  /// The key of the index.
  static final String KEY = "releases";

  private static final String FAILURE = "releases-failure";
  private static final String DOCUMENT = "release#";
  private static final String INDEXING = "indexing#";

  /// How long one caller has the indexing of a release. If the indexer stops without a document or
  /// a failure, the next caller after this time asks it again.
  private static final Duration LEASE = Duration.ofSeconds(30);

  /// How long the service does not repeat a failed indexing.
  private static final Duration REMEMBERED = Duration.ofSeconds(15);

  private final ItemTable table;

  public ReleaseLedger(ItemTable table) {
    this.table = table;
  }

  /// The newest index; {@link ReleaseIndex#EMPTY} before the indexer has written one.
  public ReleaseIndex read() throws IOException {
    return index(table.find(KEY));
  }

  /// Whether the indexer has written an index; one without releases is none yet.
  public boolean isPresent() throws IOException {
    return !read().releases().isEmpty();
  }

  /// Replaces the index; the last of several writers wins.
  public void write(ReleaseIndex index) throws IOException {
    write(KEY, ReleaseIndexJson.write(index));
  }

  /// Writes why the index could not be read from its source.
  ///
  /// @param message one line
  public void fail(String message) throws IOException {
    write(FAILURE, message);
  }

  /// Why the index could not be read the last time that it failed; empty where it never did.
  public Optional<String> failure() throws IOException {
    return table.find(FAILURE).map(Item::text);
  }

  /// The document of a version; empty before the indexer has written it.
  public Optional<ReleaseDocument> document(TalosVersion version) throws IOException {
    return document(table.find(documentKey(version)));
  }

  /// Replaces the document of its version.
  public void write(ReleaseDocument document) throws IOException {
    write(documentKey(document.version()), ReleaseDocumentJson.write(document));
  }

  /// Claims the indexing of a release for 30 s, unless another caller has it or it failed within
  /// the last 15 s; returns whether it did. Of several concurrent callers exactly one gets true.
  public boolean claimIndexing(TalosVersion version, Instant now) throws IOException {
    String key = INDEXING + version;
    String until = now.plus(LEASE).toString();
    Optional<Item> item = table.find(key);
    if (item.isEmpty()) {
      return table.create(key, until);
    }
    return !now.isBefore(until(item.get())) && table.replace(item.get(), until);
  }

  /// Ends the caller's claim, so that the next caller can claim the indexing.
  public void abandonIndexing(TalosVersion version) throws IOException {
    Optional<Item> item = table.find(INDEXING + version);
    if (item.isPresent()) {
      table.replace(item.get(), Instant.EPOCH.toString());
    }
  }

  /// Writes why the indexing of a release failed, for the requests that wait for it; no caller can
  /// claim the indexing for the next 15 s.
  ///
  /// @param message one line
  public void failIndexing(TalosVersion version, String message, Instant now) throws IOException {
    write(INDEXING + version, now.plus(REMEMBERED) + "\n" + message);
  }

  /// Why the indexing of a release failed; empty where it did not fail within the last 15 s.
  public Optional<String> indexingFailure(TalosVersion version, Instant now) throws IOException {
    Optional<Item> item = table.find(INDEXING + version);
    if (item.isEmpty() || !now.isBefore(until(item.get()))) {
      return Optional.empty();
    }
    String text = item.get().text();
    int end = text.indexOf('\n');
    return end < 0 ? Optional.empty() : Optional.of(text.substring(end + 1));
  }

  /// The end of a claim or failure: the item's first line, as ISO 8601. The message of a failure
  /// follows in the second.
  private static Instant until(Item item) throws IOException {
    try {
      return Instant.parse(item.text().lines().findFirst().orElse(""));
    } catch (DateTimeException e) {
      throw new IOException(item.key() + ": " + e.getMessage(), e);
    }
  }

  private void write(String key, String text) throws IOException {
    boolean written = false;
    while (!written) {
      Optional<Item> current = table.find(key);
      written =
          current.isEmpty()
              ? table.create(key, text)
              : current.get().text().equals(text) || table.replace(current.get(), text);
    }
  }

  /// The key of a version's document.
  public static String documentKey(TalosVersion version) {
    return DOCUMENT + version;
  }

  static Optional<ReleaseDocument> document(Optional<Item> item) throws IOException {
    try {
      return item.isEmpty()
          ? Optional.empty()
          : Optional.of(ReleaseDocumentJson.read(item.get().text()));
    } catch (MalformedJsonException e) {
      throw new IOException(item.get().key() + ": " + e.getMessage(), e);
    }
  }

  static ReleaseIndex index(Optional<Item> item) throws IOException {
    try {
      return item.isEmpty() ? ReleaseIndex.EMPTY : ReleaseIndexJson.read(item.get().text());
    } catch (MalformedJsonException e) {
      throw new IOException("index of releases: " + e.getMessage(), e);
    }
  }
}
