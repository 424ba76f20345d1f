package imageservice.local;

import imageservice.functions.http.Waiting;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Wakes requests that wait for an item of a table, as handlers and builder share this process.
final class Changes implements Waiting {
  private final Map<String, Set<ItemWatch>> watches = new HashMap<>();

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Watch watch(String key) {
    ItemWatch watch = new ItemWatch(key);
    synchronized (watches) {
      watches.computeIfAbsent(key, ignored -> new HashSet<>()).add(watch);
    }
    return watch;
  }

  /// Wakes who watches the item of this key.
  void changed(String key) {
    synchronized (watches) {
      watches.getOrDefault(key, Set.of()).forEach(ItemWatch::wake);
    }
  }

  /// How many requests wait.
  int waiting() {
    synchronized (watches) {
      return watches.values().stream().mapToInt(Set::size).sum();
    }
  }

  private void end(ItemWatch watch) {
    synchronized (watches) {
      watches.computeIfPresent(
          watch.key,
          (key, others) -> {
            others.remove(watch);
            return others.isEmpty() ? null : others;
          });
    }
  }

  private final class ItemWatch implements Watch {
    private final String key;
    private boolean changed;

    ItemWatch(String key) {
      this.key = key;
    }

    synchronized void wake() {
      changed = true;
      notifyAll();
    }

    @Override
    public synchronized void await(Duration longest) throws InterruptedIOException {
      long end = System.nanoTime() + longest.toNanos();
      try {
        for (long left = longest.toNanos(); !changed && left > 0; left = end - System.nanoTime()) {
          wait(left / 1_000_000, (int) (left % 1_000_000));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the service is stopping");
      }
      changed = false;
    }

    @Override
    public void close() {
      end(this);
    }
  }
}
