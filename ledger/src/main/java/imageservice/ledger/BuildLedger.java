package imageservice.ledger;

import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// The records of builds in a table, each under the id of its build. Of any number of callers at
/// once, in any number of processes, one acquires a build, and one builder holds it.
public final class BuildLedger {
  private static final String PREFIX = "build#";
  private static final String PLAN_PREFIX = "asset#";

  private final ItemTable table;

  public BuildLedger(ItemTable table) {
    this.table = table;
  }

  public Optional<BuildRecord> find(String buildId) throws IOException {
    Optional<Item> item = table.find(PREFIX + buildId);
    return item.isEmpty() ? Optional.empty() : Optional.of(read(item.get()));
  }

  /// What came of asking for a build.
  ///
  /// @param acquired whether the caller is the one who must now have it built
  public record Acquisition(boolean acquired, BuildRecord record) {}

  /// Begins the build of an object unless it is under way, done, or failed too recently.
  public Acquisition acquire(String buildId, String objectKey, String assetKey, Instant now)
      throws IOException {
    while (true) {
      Optional<Item> item = table.find(PREFIX + buildId);
      if (item.isEmpty()) {
        BuildRecord first = BuildRecord.first(objectKey, assetKey, now);
        if (table.create(PREFIX + buildId, BuildRecordJson.write(first))) {
          return new Acquisition(true, first);
        }
        continue;
      }
      BuildRecord current = read(item.get());
      Optional<BuildRecord> next = current.acquire(assetKey, now);
      if (next.isEmpty()) {
        return new Acquisition(false, current);
      }
      if (table.replace(item.get(), BuildRecordJson.write(next.get()))) {
        return new Acquisition(next.get().state() instanceof BuildState.Running, next.get());
      }
    }
  }

  /// Begins the build of an object again that was ready and is gone.
  public Acquisition acquireLost(String buildId, String assetKey, Instant now) throws IOException {
    while (true) {
      Item item = required(buildId);
      BuildRecord current = read(item);
      if (!(current.state() instanceof BuildState.Ready)) {
        return new Acquisition(false, current);
      }
      BuildRecord next = current.lost(assetKey, now);
      if (table.replace(item, BuildRecordJson.write(next))) {
        return new Acquisition(true, next);
      }
    }
  }

  /// Notes that an object was looked for and found.
  public void see(String buildId, Instant now) throws IOException {
    change(buildId, record -> Optional.of(record.seen(now)));
  }

  /// Gives up a running build whose builder is known to be gone, so that nobody waits for its
  /// lease.
  public void abandon(String buildId) throws IOException {
    change(buildId, BuildRecord::abandoned);
  }

  public boolean claim(String buildId, long fence, Instant now) throws IOException {
    return change(buildId, record -> record.claim(fence, now));
  }

  public boolean beat(String buildId, long fence, Progress progress, Instant now)
      throws IOException {
    return change(buildId, record -> record.beat(fence, progress, now));
  }

  public boolean ready(String buildId, long fence, BuildState.Ready ready) throws IOException {
    return change(buildId, record -> record.ready(fence, ready));
  }

  public boolean fail(String buildId, long fence, FailureKind kind, String message, Instant now)
      throws IOException {
    return change(buildId, record -> record.failed(fence, kind, message, now));
  }

  /// What is known of where the bytes of a plan are, for copying them instead of building them
  /// again.
  public Optional<String> objectOf(String assetKey) throws IOException {
    return table.find(PLAN_PREFIX + assetKey).map(Item::text);
  }

  /// Remembers where the bytes of a plan are, in words that only the builder reads.
  public void rememberObject(String assetKey, String objectKey) throws IOException {
    Optional<Item> known = table.find(PLAN_PREFIX + assetKey);
    if (known.isEmpty()) {
      table.create(PLAN_PREFIX + assetKey, objectKey);
    } else if (!known.get().text().equals(objectKey)) {
      table.replace(known.get(), objectKey);
    }
  }

  private boolean change(String buildId, Function<BuildRecord, Optional<BuildRecord>> step)
      throws IOException {
    while (true) {
      Item item = required(buildId);
      Optional<BuildRecord> next = step.apply(read(item));
      if (next.isEmpty()) {
        return false;
      }
      if (table.replace(item, BuildRecordJson.write(next.get()))) {
        return true;
      }
    }
  }

  private Item required(String buildId) throws IOException {
    return table
        .find(PREFIX + buildId)
        .orElseThrow(() -> new IOException("no record of build " + buildId));
  }

  private static BuildRecord read(Item item) throws IOException {
    try {
      return BuildRecordJson.read(item.text());
    } catch (MalformedJsonException e) {
      throw new IOException("record " + item.key() + ": " + e.getMessage(), e);
    }
  }
}
