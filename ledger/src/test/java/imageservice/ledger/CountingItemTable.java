package imageservice.ledger;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the calls that another table gets.
public final class CountingItemTable implements ItemTable {
  private final ItemTable table;
  private final AtomicInteger calls = new AtomicInteger();

  public CountingItemTable(ItemTable table) {
    this.table = table;
  }

  /// Calls so far.
  public int calls() {
    return calls.get();
  }

  @Override
  public Optional<Item> find(String key) throws IOException {
    calls.incrementAndGet();
    return table.find(key);
  }

  @Override
  public Map<String, Item> findAll(Set<String> keys) throws IOException {
    calls.incrementAndGet();
    return table.findAll(keys);
  }

  @Override
  public boolean create(String key, String text) throws IOException {
    calls.incrementAndGet();
    return table.create(key, text);
  }

  @Override
  public boolean replace(Item expected, String text) throws IOException {
    calls.incrementAndGet();
    return table.replace(expected, text);
  }

  @Override
  public boolean remove(Item expected) throws IOException {
    calls.incrementAndGet();
    return table.remove(expected);
  }
}
