package imageservice.local;

import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A table that tells each change of an item.
final class WatchedTable implements ItemTable {
  private final ItemTable table;
  private final Changes changes;

  WatchedTable(ItemTable table, Changes changes) {
    this.table = table;
    this.changes = changes;
  }

  @Override
  public Optional<Item> find(String key) throws IOException {
    return table.find(key);
  }

  @Override
  public Map<String, Item> findAll(Set<String> keys) throws IOException {
    return table.findAll(keys);
  }

  @Override
  public boolean create(String key, String text, Instant expires) throws IOException {
    return told(key, table.create(key, text, expires));
  }

  @Override
  public boolean replace(Item expected, String text, Instant expires) throws IOException {
    return told(expected.key(), table.replace(expected, text, expires));
  }

  @Override
  public boolean remove(Item expected) throws IOException {
    return told(expected.key(), table.remove(expected));
  }

  @Override
  public long count(String key) throws IOException {
    return table.count(key);
  }

  private boolean told(String key, boolean changed) {
    if (changed) {
      changes.changed(key);
    }
    return changed;
  }
}
