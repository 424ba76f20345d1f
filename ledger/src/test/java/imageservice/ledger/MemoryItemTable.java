package imageservice.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A table in memory, for tests.
public final class MemoryItemTable implements ItemTable {
  private final Map<String, Item> items = new ConcurrentHashMap<>();

  /// When the table may remove an item, as its last writer said.
  public final Map<String, Instant> expiries = new ConcurrentHashMap<>();

  @Override
  public Optional<Item> find(String key) {
    return Optional.ofNullable(items.get(key));
  }

  @Override
  public Map<String, Item> findAll(Set<String> keys) {
    Map<String, Item> found = new HashMap<>(items);
    found.keySet().retainAll(keys);
    return found;
  }

  @Override
  public boolean create(String key, String text, Instant expires) {
    expiries.put(key, expires);
    return items.putIfAbsent(key, new Item(key, 1, text)) == null;
  }

  @Override
  public boolean replace(Item expected, String text, Instant expires) {
    expiries.put(expected.key(), expires);
    return items.replace(
        expected.key(), expected, new Item(expected.key(), expected.revision() + 1, text));
  }

  @Override
  public boolean remove(Item expected) {
    return items.remove(expected.key(), expected);
  }

  @Override
  public long count(String key) {
    return items
        .merge(key, new Item(key, 1, ""), (old, one) -> new Item(key, old.revision() + 1, ""))
        .revision();
  }
}
