package imageservice.ledger;

import imageservice.json.MalformedJsonException;
import imageservice.release.ReleaseIndex;
import imageservice.release.ReleaseIndexJson;
import java.io.IOException;
import java.util.Optional;

/// The index of releases in a table: written by the builder's side, read by whoever plans.
public final class ReleaseLedger {
  private static final String KEY = "releases";

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
    String text = ReleaseIndexJson.write(index);
    boolean written = false;
    while (!written) {
      Optional<Item> current = table.find(KEY);
      written =
          current.isEmpty()
              ? table.create(KEY, text)
              : current.get().text().equals(text) || table.replace(current.get(), text);
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
