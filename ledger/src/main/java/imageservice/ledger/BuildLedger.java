package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.MalformedJsonException;
import imageservice.plan.AssetKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// The records of builds in a table, each under the id of its build. Of any number of callers at
/// once, in any number of processes, one acquires a build, and one builder holds it.
public final class BuildLedger {
  private static final String BUILD = "build#";
  private static final String PLAN = "asset#";

  private final ItemTable table;

  public BuildLedger(ItemTable table) {
    this.table = table;
  }

  /// The record of the build of this id.
  public Optional<BuildRecord> find(String buildId) throws IOException {
    return read(table.find(BUILD + buildId));
  }

  public Optional<BuildRecord> find(AssetAddress address) throws IOException {
    return find(address.buildId());
  }

  /// What came of asking for a build.
  ///
  /// @param acquired whether the caller is the one who must now order it
  public record Acquisition(boolean acquired, BuildRecord record) {}

  /// Begins the build of an asset unless it is under way, done, or failed too recently.
  public Acquisition acquire(AssetAddress address, AssetKey plan, Instant now) throws IOException {
    return acquire(address, plan, now, table.find(key(address)));
  }

  /// The same for a caller who has just read the record: only a record that has changed since is
  /// read again.
  ///
  /// @param seen the item as it was read; empty where there was none
  public Acquisition acquire(AssetAddress address, AssetKey plan, Instant now, Optional<Item> seen)
      throws IOException {
    Optional<Item> item = seen;
    while (true) {
      Optional<Acquisition> acquisition =
          item.isEmpty()
              ? create(BuildRecord.first(address, plan, now))
              : take(item.get(), plan, now);
      if (acquisition.isPresent()) {
        return acquisition.get();
      }
      item = table.find(key(address));
    }
  }

  /// Nothing where somebody else was faster.
  private Optional<Acquisition> create(BuildRecord first) throws IOException {
    return table.create(key(first.address()), BuildRecordJson.write(first))
        ? Optional.of(new Acquisition(true, first))
        : Optional.empty();
  }

  /// Nothing where somebody else was faster.
  private Optional<Acquisition> take(Item item, AssetKey plan, Instant now) throws IOException {
    BuildRecord current = read(item);
    Optional<BuildRecord> next = current.acquire(plan, now);
    if (next.isEmpty()) {
      return Optional.of(new Acquisition(false, current));
    }
    return table.replace(item, BuildRecordJson.write(next.get()))
        ? Optional.of(new Acquisition(next.get().state() instanceof BuildState.Running, next.get()))
        : Optional.empty();
  }

  /// Begins the build of an asset again that was ready and is gone.
  public Acquisition acquireLost(AssetAddress address, AssetKey plan, Instant now)
      throws IOException {
    while (true) {
      Item item = required(address.buildId());
      BuildRecord current = read(item);
      if (!(current.state() instanceof BuildState.Ready)) {
        return new Acquisition(false, current);
      }
      BuildRecord next = current.lost(plan, now);
      if (table.replace(item, BuildRecordJson.write(next))) {
        return new Acquisition(true, next);
      }
    }
  }

  /// Notes that an asset was looked for in the store and found.
  public void see(AssetAddress address, Instant now) throws IOException {
    change(address.buildId(), record -> Optional.of(record.seen(now)));
  }

  /// Ends the lease of a running build whose builder is known to be gone, so that the next request
  /// begins it again at once.
  public void abandon(String buildId) throws IOException {
    change(buildId, BuildRecord::abandoned);
  }

  public boolean claim(AssetAddress address, long fence, Instant now) throws IOException {
    return change(address.buildId(), record -> record.claim(fence, now));
  }

  public boolean beat(AssetAddress address, long fence, Progress progress, Instant now)
      throws IOException {
    return change(address.buildId(), record -> record.beat(fence, progress, now));
  }

  public boolean ready(AssetAddress address, long fence, BuildState.Ready ready)
      throws IOException {
    return change(address.buildId(), record -> record.ready(fence, ready));
  }

  public boolean fail(
      AssetAddress address, long fence, FailureKind kind, String message, Instant now)
      throws IOException {
    return change(address.buildId(), record -> record.failed(fence, kind, message, now));
  }

  /// Where the bytes of a plan are, if they were ever stored.
  public Optional<KnownProduct> productOf(AssetKey plan) throws IOException {
    return table.find(PLAN + plan.hex()).map(Item::text).flatMap(KnownProduct::parse);
  }

  /// Remembers where the bytes of a plan are.
  public void remember(AssetKey plan, KnownProduct product) throws IOException {
    String key = PLAN + plan.hex();
    String text = product.toJson();
    Optional<Item> known = table.find(key);
    if (known.isEmpty()) {
      table.create(key, text);
    } else if (!known.get().text().equals(text)) {
      table.replace(known.get(), text);
    }
  }

  /// The key of an asset's record in the table.
  static String key(AssetAddress address) {
    return BUILD + address.buildId();
  }

  static Optional<BuildRecord> read(Optional<Item> item) throws IOException {
    return item.isEmpty() ? Optional.empty() : Optional.of(read(item.get()));
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
        .find(BUILD + buildId)
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
