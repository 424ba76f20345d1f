package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.MalformedJsonException;
import imageservice.plan.AssetKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// The records of builds in a table, each under its build id. Of several concurrent callers, in any
/// number of processes, exactly one acquires a build and exactly one builder claims it.
public final class BuildLedger {
  private static final String BUILD = "build#";
  private static final String PLAN = "asset#";

  private final ItemTable table;

  public BuildLedger(ItemTable table) {
    this.table = table;
  }

  /// The record of the build with this id, 64 hex digits.
  public Optional<BuildRecord> find(String buildId) throws IOException {
    return read(table.find(BUILD + buildId));
  }

  public Optional<BuildRecord> find(AssetAddress address) throws IOException {
    return find(address.buildId());
  }

  /// The outcome of acquiring a build.
  ///
  /// @param acquired whether the caller has acquired it and must order it now
  public record Acquisition(boolean acquired, BuildRecord record) {}

  /// Acquires the build of an asset unless it is running under a valid lease, is ready, or failed
  /// and may not be retried yet.
  public Acquisition acquire(AssetAddress address, AssetKey plan, Instant now) throws IOException {
    return acquire(address, plan, now, table.find(key(address)));
  }

  /// As {@link #acquire(AssetAddress, AssetKey, Instant)}, for a caller that has already read the
  /// record: reads it again only where it has changed since.
  ///
  /// @param seen the table item as it was read; empty where the table had none
  public Acquisition acquire(AssetAddress address, AssetKey plan, Instant now, Optional<Item> seen)
      throws IOException {
    Optional<Item> item = seen;
    while (true) {
      Optional<Acquisition> acquisition =
          item.isEmpty()
              ? create(BuildRecord.first(address, plan, now))
              : reacquire(item.get(), plan, now);
      if (acquisition.isPresent()) {
        return acquisition.get();
      }
      item = table.find(key(address));
    }
  }

  /// Empty where another caller has created the record first.
  private Optional<Acquisition> create(BuildRecord first) throws IOException {
    return table.create(key(first.address()), BuildRecordJson.write(first))
        ? Optional.of(new Acquisition(true, first))
        : Optional.empty();
  }

  /// Empty where another caller has changed the record first.
  private Optional<Acquisition> reacquire(Item item, AssetKey plan, Instant now)
      throws IOException {
    BuildRecord current = read(item);
    Optional<BuildRecord> next = current.acquire(plan, now);
    if (next.isEmpty()) {
      return Optional.of(new Acquisition(false, current));
    }
    return table.replace(item, BuildRecordJson.write(next.get()))
        ? Optional.of(new Acquisition(next.get().state() instanceof BuildState.Running, next.get()))
        : Optional.empty();
  }

  /// Acquires the build of an asset whose record is ready but whose product is no longer in the
  /// store.
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

  /// Notes the time at which the service found an asset's product in the store.
  public void see(AssetAddress address, Instant now) throws IOException {
    change(address.buildId(), record -> Optional.of(record.seen(now)));
  }

  /// Ends the lease of a running build whose builder's process has ended, so that the next request
  /// can order it again at once.
  public void abandon(String buildId) throws IOException {
    change(buildId, BuildRecord::abandoned);
  }

  /// Takes an order for a builder; returns false where another builder has it or the fence is old.
  public boolean claim(AssetAddress address, long fence, Instant now) throws IOException {
    return change(address.buildId(), record -> record.claim(fence, now));
  }

  /// Writes a heartbeat; returns false where the builder has been replaced.
  public boolean beat(AssetAddress address, long fence, Progress progress, Instant now)
      throws IOException {
    return change(address.buildId(), record -> record.beat(fence, progress, now));
  }

  /// Writes that the product is stored; returns false where the builder has been replaced.
  public boolean ready(AssetAddress address, long fence, BuildState.Ready ready)
      throws IOException {
    return change(address.buildId(), record -> record.ready(fence, ready));
  }

  /// Writes that the build failed; returns false where the builder has been replaced.
  ///
  /// @param message one line that names the cause
  public boolean fail(
      AssetAddress address, long fence, FailureKind kind, String message, Instant now)
      throws IOException {
    return change(address.buildId(), record -> record.failed(fence, kind, message, now));
  }

  /// The product of a plan and its address; empty where no builder has stored one.
  public Optional<KnownProduct> productOf(AssetKey plan) throws IOException {
    return table.find(PLAN + plan.hex()).map(Item::text).flatMap(KnownProduct::parse);
  }

  /// Writes the product of a plan and its address, for later builds of the same plan.
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

  /// Applies a step to the record until no other caller changes it in between; returns false where
  /// the step gives no new record.
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
