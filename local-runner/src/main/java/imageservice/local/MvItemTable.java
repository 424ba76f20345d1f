package imageservice.local;

import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// Items in a map of an MVStore, each change in the file before anybody sees it. A file that was
/// being written when its process ended opens with everything that was confirmed.
final class MvItemTable implements ItemTable {
  private static final char SEPARATOR = ' ';

  private final MVStore store;
  private final MVMap<String, String> items;

  MvItemTable(MVStore store, String name) {
    this.store = store;
    this.items = store.openMap(name);
  }

  @Override
  public Optional<Item> find(String key) throws IOException {
    try {
      return Optional.ofNullable(items.get(key)).map(value -> item(key, value));
    } catch (MVStoreException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean create(String key, String text) throws IOException {
    return change(() -> items.putIfAbsent(key, value(new Item(key, 1, text))) == null);
  }

  @Override
  public boolean replace(Item expected, String text) throws IOException {
    Item changed = new Item(expected.key(), expected.revision() + 1, text);
    return change(() -> {
      String current = items.get(expected.key());
      return current != null
          && item(expected.key(), current).revision() == expected.revision()
          && items.replace(expected.key(), current, value(changed));
    });
  }

  @Override
  public boolean remove(Item expected) throws IOException {
    return change(() -> {
      String current = items.get(expected.key());
      return current != null
          && item(expected.key(), current).revision() == expected.revision()
          && items.remove(expected.key(), current);
    });
  }

  /// All keys that begin so.
  List<String> keys(String prefix) {
    return items.keyList().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  private interface Change {
    boolean make();
  }

  /// Writers take turns, so that what one of them confirms is on its way to the disk before the
  /// next begins.
  private boolean change(Change change) throws IOException {
    synchronized (store) {
      try {
        boolean changed = change.make();
        if (changed) {
          store.commit();
        }
        return changed;
      } catch (MVStoreException e) {
        throw failure(e);
      }
    }
  }

  private static IOException failure(MVStoreException e) {
    return new IOException("the table file " + e.getMessage(), e);
  }

  private static String value(Item item) {
    return item.revision() + String.valueOf(SEPARATOR) + item.text();
  }

  private static Item item(String key, String value) {
    int end = value.indexOf(SEPARATOR);
    return new Item(key, Long.parseLong(value, 0, end, 10), value.substring(end + 1));
  }
}
