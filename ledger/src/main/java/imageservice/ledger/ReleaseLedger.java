package imageservice.ledger;

import imageservice.json.MalformedJsonException;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseDocumentJson;
import imageservice.release.ReleaseIndex;
import imageservice.release.ReleaseIndexJson;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Optional;

/// The index of releases and a document of each in a table: written by the builder's side, read by
/// whoever plans.
public final class ReleaseLedger {
  private static final String KEY = "releases";
  private static final String DOCUMENT = "release#";

  private final ItemTable table;

  public ReleaseLedger(ItemTable table) {
    this.table = table;
  }

  /// The newest index, empty before the first was written.
  public ReleaseIndex read() throws IOException {
    Optional<Item> item = table.find(KEY);
    return item.isEmpty() ? ReleaseIndex.EMPTY : parse(item.get());
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
    Optional<Item> item = table.find(DOCUMENT + version);
    return item.isEmpty() ? Optional.empty() : Optional.of(parseDocument(item.get()));
  }

  /// Replaces the document of its version.
  public void write(ReleaseDocument document) throws IOException {
    write(DOCUMENT + document.version(), ReleaseDocumentJson.write(document));
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

  private static ReleaseDocument parseDocument(Item item) throws IOException {
    try {
      return ReleaseDocumentJson.read(item.text());
    } catch (MalformedJsonException e) {
      throw new IOException(item.key() + ": " + e.getMessage(), e);
    }
  }

  private static ReleaseIndex parse(Item item) throws IOException {
    try {
      return ReleaseIndexJson.read(item.text());
    } catch (MalformedJsonException e) {
      throw new IOException("index of releases: " + e.getMessage(), e);
    }
  }
}
