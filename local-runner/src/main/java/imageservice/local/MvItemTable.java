package imageservice.local;

import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVMap;

/// Items in a map of an MVStore. Each change is committed to the file before the call returns; a
/// file whose process was killed opens with every change that was committed. No item is removed
/// when it expires, as no object is here.
final class MvItemTable implements ItemTable {
  private final Tables tables;
  private final String name;

  MvItemTable(Tables tables, String name) {
    this.tables = tables;
    this.name = name;
  }

  @Override
  public Optional<Item> find(String key) throws IOException {
    return tables.read(
        name, items -> Optional.ofNullable(items.get(key)).map(v -> StoredItem.item(key, v)));
  }

  @Override
  public Map<String, Item> findAll(Set<String> keys) throws IOException {
    Map<String, Item> found = new HashMap<>();
    for (String key : keys) {
      find(key).ifPresent(item -> found.put(key, item));
    }
    return found;
  }

  @Override
  public boolean create(String key, String text, Instant expires) throws IOException {
    return tables.change(
        name, items -> items.putIfAbsent(key, StoredItem.value(new Item(key, 1, text))) == null);
  }

  @Override
  public boolean replace(Item expected, String text, Instant expires) throws IOException {
    Item changed = new Item(expected.key(), expected.revision() + 1, text);
    return tables.change(
        name,
        items ->
            isAsExpected(items, expected)
                && items.put(expected.key(), StoredItem.value(changed)) != null);
  }

  @Override
  public boolean remove(Item expected) throws IOException {
    return tables.change(
        name, items -> isAsExpected(items, expected) && items.remove(expected.key()) != null);
  }

  @Override
  public long count(String key) throws IOException {
    AtomicLong counted = new AtomicLong();
    tables.change(
        name,
        items -> {
          String current = items.get(key);
          counted.set(current == null ? 1 : StoredItem.item(key, current).revision() + 1);
          items.put(key, StoredItem.value(new Item(key, counted.get(), "")));
          return true;
        });
    return counted.get();
  }

  /// All keys that begin with `prefix`.
  List<String> keys(String prefix) throws IOException {
    return tables.read(
        name, items -> items.keyList().stream().filter(key -> key.startsWith(prefix)).toList());
  }

  /// Whether the item is still as expected. Called by a writer in its turn, so no other write comes
  /// between.
  private static boolean isAsExpected(MVMap<String, String> items, Item expected) {
    String current = items.get(expected.key());
    return current != null
        && StoredItem.item(expected.key(), current).revision() == expected.revision();
  }
}
