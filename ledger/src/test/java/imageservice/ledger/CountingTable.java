package imageservice.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// A table in memory that counts what is asked of it, and may be out of order.
public final class CountingTable implements ItemTable {
  private final MemoryItemTable items = new MemoryItemTable();
  public final List<String> calls = new CopyOnWriteArrayList<>();
  public volatile boolean broken;

  @Override
  public Optional<Item> find(String key) throws IOException {
    note("find " + key);
    return items.find(key);
  }

  @Override
  public Map<String, Item> findAll(Set<String> keys) throws IOException {
    note("find all " + new TreeSet<>(keys));
    return items.findAll(keys);
  }

  @Override
  public boolean create(String key, String text, Instant expires) throws IOException {
    note("create " + key);
    if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST_TEXT) {
      throw new IOException("too large: " + key);
    }
    return items.create(key, text, expires);
  }

  @Override
  public boolean replace(Item expected, String text, Instant expires) throws IOException {
    note("replace " + expected.key());
    return items.replace(expected, text, expires);
  }

  @Override
  public boolean remove(Item expected) throws IOException {
    note("remove " + expected.key());
    return items.remove(expected);
  }

  @Override
  public long count(String key) throws IOException {
    note("count " + key);
    return items.count(key);
  }

  private void note(String call) throws IOException {
    calls.add(call);
    if (broken) {
      throw new IOException("table secret-name is out of order");
    }
  }
}
