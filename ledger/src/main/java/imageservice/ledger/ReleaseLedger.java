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

/// The index of releases and a document of each in a table: written by the builder's side, read by
/// whoever plans.
public final class ReleaseLedger {
  /// The key of the index.
  static final String KEY = "releases";

  private static final String DOCUMENT = "release#";
  private static final String INDEXING = "indexing#";

  /// How long the indexing of a release is one caller's. Nobody is told of its failure: who still
  /// waits when it ends begins anew.
  private static final Duration LEASE = Duration.ofSeconds(30);

  /// How long a failed indexing is not tried again.
  private static final Duration REMEMBERED = Duration.ofSeconds(15);

  private final ItemTable table;

  public ReleaseLedger(ItemTable table) {
    this.table = table;
  }

  /// The newest index, empty before the first was written.
  public ReleaseIndex read() throws IOException {
    return index(table.find(KEY));
  }

  /// Whether an index was ever written.
  public boolean isPresent() throws IOException {
    return table.find(KEY).isPresent();
  }

  /// Replaces the index; the last of several writers wins.
  public void write(ReleaseIndex index) throws IOException {
    write(KEY, ReleaseIndexJson.write(index));
  }

  /// The document of a version, or nothing before it was written.
  public Optional<ReleaseDocument> document(TalosVersion version) throws IOException {
    return document(table.find(documentKey(version)));
  }

  /// Replaces the document of its version.
  public void write(ReleaseDocument document) throws IOException {
    write(documentKey(document.version()), ReleaseDocumentJson.write(document));
  }

  /// Takes the indexing of a release on, unless somebody did so lately. Of any number of callers at
  /// once one is told yes.
  public boolean claimIndexing(TalosVersion version, Instant now) throws IOException {
    String key = INDEXING + version;
    String until = now.plus(LEASE).toString();
    Optional<Item> item = table.find(key);
    if (item.isEmpty()) {
      return table.create(key, until);
    }
    return !now.isBefore(until(item.get())) && table.replace(item.get(), until);
  }

  /// Gives the indexing of a release up, so that the next caller may take it on.
  public void abandonIndexing(TalosVersion version) throws IOException {
    Optional<Item> item = table.find(INDEXING + version);
    if (item.isPresent()) {
      table.replace(item.get(), Instant.EPOCH.toString());
    }
  }

  /// Says why the indexing of a release came to nothing, so that whoever waits is told; for a while
  /// nobody takes it on again.
  ///
  /// @param message one line
  public void failIndexing(TalosVersion version, String message, Instant now) throws IOException {
    write(INDEXING + version, now.plus(REMEMBERED) + "\n" + message);
  }

  /// Why the indexing of a release came to nothing lately.
  public Optional<String> indexingFailure(TalosVersion version, Instant now) throws IOException {
    Optional<Item> item = table.find(INDEXING + version);
    if (item.isEmpty() || !now.isBefore(until(item.get()))) {
      return Optional.empty();
    }
    String text = item.get().text();
    int end = text.indexOf('\n');
    return end < 0 ? Optional.empty() : Optional.of(text.substring(end + 1));
  }

  /// The first line says until when; a failure follows.
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
  static String documentKey(TalosVersion version) {
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
