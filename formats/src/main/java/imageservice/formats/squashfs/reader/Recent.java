package imageservice.formats.squashfs.reader;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was used last, at most so many of them, for several readers at once.
final class Recent<K, V> {
  private final int limit;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  Recent(int limit) {
    this.limit = limit;
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
    if (entries.size() > limit) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
