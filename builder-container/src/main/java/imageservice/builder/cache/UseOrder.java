package imageservice.builder.cache;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Blobs in the order of their last use, the one used longest ago first. No thread waits for
/// another.
final class UseOrder {
  private final ConcurrentNavigableMap<Long, KeptBlob> blobs = new ConcurrentSkipListMap<>();
  private final AtomicLong places = new AtomicLong();

  /// A place after all others.
  long newPlace() {
    return places.getAndIncrement();
  }

  void put(long place, KeptBlob blob) {
    blobs.put(place, blob);
  }

  /// Moves a blob behind all others, and says where that is.
  long toEnd(long place, KeptBlob blob) {
    long end = newPlace();
    blobs.remove(place);
    blobs.put(end, blob);
    return end;
  }

  void remove(long place) {
    blobs.remove(place);
  }

  Iterable<KeptBlob> longestUnusedFirst() {
    return blobs.values();
  }
}
