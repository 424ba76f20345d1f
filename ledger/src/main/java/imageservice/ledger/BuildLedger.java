package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.MalformedJsonException;
import imageservice.plan.AssetKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// The records of builds in a table, each under its build id. Of several concurrent callers, in any
/// number of processes, exactly one acquires a build and exactly one builder claims it.
public final class BuildLedger {
  private static final String BUILD = "build#";
  private static final String PLAN = "asset#";

  private final ItemTable table;
  private final BuildQueue queue;

  public BuildLedger(ItemTable table) {
    this.table = table;
    this.queue = new BuildQueue(table);
  }

  /// How long builds take.
  public BuildPace pace() {
    return new BuildPace(table);
  }

  /// The record of the build with this id, 64 hex digits.
  public Optional<BuildRecord> find(String buildId) throws IOException {
    return read(table.find(BUILD + buildId));
  }

  public Optional<BuildRecord> find(AssetAddress address) throws IOException {
    return find(address.buildId());
  }

  /// Those of these builds that are neither waiting nor running: they have an outcome or no record,
  /// or their order or their builder was lost.
  ///
  /// @param buildIds 64 hex digits each
  public Set<String> ended(Set<String> buildIds, Instant now) throws IOException {
    Set<String> ended = new HashSet<>(buildIds);
    for (Item item : items(buildIds)) {
      BuildRecord record = read(item);
      if (record.isOpen(now)) {
        ended.remove(record.address().buildId());
      }
    }
    return ended;
  }

  private List<Item> items(Set<String> buildIds) throws IOException {
    List<Item> items = new ArrayList<>();
    List<String> keys = buildIds.stream().map(id -> BUILD + id).sorted().toList();
    for (int at = 0; at < keys.size(); at += ItemTable.MOST_KEYS) {
      int end = Math.min(keys.size(), at + ItemTable.MOST_KEYS);
      items.addAll(table.findAll(Set.copyOf(keys.subList(at, end))).values());
    }
    return items;
  }

  /// The outcome of acquiring a build.
  ///
  /// @param acquired whether the caller has acquired it and must order it now
  /// @param before the table item that the acquisition replaced; empty where there was none
  /// @param item the record's table item now
  public record Acquisition(
      boolean acquired, BuildRecord record, Optional<Item> before, Item item) {}

  /// Acquires the build of an asset unless its order waits for a builder, it is running under a
  /// valid lease, is ready, or failed and may not be retried yet.
  ///
  /// @param patience the time after which an unclaimed order counts as lost on its way
  public Acquisition acquire(PlannedAsset asset, Instant now, Duration patience)
      throws IOException {
    return acquire(asset, now, patience, table.find(key(asset.address())));
  }

  /// As {@link #acquire(PlannedAsset, Instant, Duration)}, for a caller that has already read the
  /// record: reads it again only where it has changed since.
  ///
  /// @param seen the table item as it was read; empty where the table had none
  public Acquisition acquire(
      PlannedAsset asset, Instant now, Duration patience, Optional<Item> seen) throws IOException {
    Optional<Item> item = seen;
    while (true) {
      Optional<Acquisition> acquisition =
          item.isEmpty()
              ? written(Optional.empty(), BuildRecord.first(asset, now, patience), now)
              : reacquire(item.get(), asset, now, patience);
      if (acquisition.isPresent()) {
        return acquisition.get();
      }
      item = table.find(key(asset.address()));
    }
  }

  /// Acquires the build of an asset whose record is ready but whose product is no longer in the
  /// store.
  public Acquisition acquireLost(PlannedAsset asset, Instant now, Duration patience)
      throws IOException {
    while (true) {
      Item item = required(asset.address().buildId());
      BuildRecord current = read(item);
      if (!(current.state() instanceof BuildState.Ready)) {
        return new Acquisition(false, current, Optional.empty(), item);
      }
      Optional<Acquisition> acquisition =
          written(Optional.of(item), current.lost(asset, now, patience), now);
      if (acquisition.isPresent()) {
        return acquisition.get();
      }
    }
  }

  /// Takes an acquisition back because no builder can take its order now: the record is again as it
  /// was before, also where the order has got a place since. Does nothing where a builder has taken
  /// the order.
  public void withdraw(Acquisition acquisition, Instant now) throws IOException {
    Optional<Item> item = Optional.of(acquisition.item());
    while (item.isPresent() && isWaiting(item.get(), acquisition.record().fence())) {
      if (restore(item.get(), acquisition.before(), now)) {
        return;
      }
      item = table.find(acquisition.item().key());
    }
  }

  private boolean restore(Item item, Optional<Item> before, Instant now) throws IOException {
    return before.isEmpty()
        ? table.remove(item)
        : table.replace(item, before.get().text(), expiry(now));
  }

  private static boolean isWaiting(Item item, long fence) throws IOException {
    BuildRecord record = read(item);
    return record.fence() == fence && record.state() instanceof BuildState.Queued;
  }

  /// Empty where another caller has changed the record first.
  private Optional<Acquisition> reacquire(
      Item item, PlannedAsset asset, Instant now, Duration patience) throws IOException {
    BuildRecord current = read(item);
    Instant lastTaken = current.mayBeGivenUp(now) ? queue.taken().at() : Instant.EPOCH;
    Optional<BuildRecord> next = current.acquire(asset, now, patience, lastTaken);
    return next.isEmpty()
        ? Optional.of(new Acquisition(false, current, Optional.empty(), item))
        : written(Optional.of(item), next.get(), now);
  }

  /// Empty where another caller has written the record first.
  private Optional<Acquisition> written(Optional<Item> before, BuildRecord next, Instant now)
      throws IOException {
    String key = key(next.address());
    String text = BuildRecordJson.write(next);
    boolean wrote =
        before.isEmpty()
            ? table.create(key, text, expiry(now))
            : table.replace(before.get(), text, expiry(now));
    Item item = new Item(key, before.map(Item::revision).orElse(0L) + 1, text);
    return wrote
        ? Optional.of(
            new Acquisition(next.state() instanceof BuildState.Queued, next, before, item))
        : Optional.empty();
  }

  /// The place of a waiting order in the queue, 1 for the next one; empty where the order does not
  /// wait. Gives the order a number where it has none, so that places follow the time at which
  /// somebody first asked for them.
  public OptionalLong place(BuildRecord record, Instant now) throws IOException {
    if (!(record.state() instanceof BuildState.Queued queued)) {
      return OptionalLong.empty();
    }
    long ticket = queued.ticket() == 0 ? queue.draw() : queued.ticket();
    if (queued.ticket() == 0) {
      change(record.address().buildId(), now, current -> current.numbered(ticket));
    }
    return OptionalLong.of(queue.taken().place(ticket));
  }

  /// Ends the wait or the lease of a build whose queue or builder has ended with its process, so
  /// that the next request can order it again at once.
  public void abandon(String buildId, Instant now) throws IOException {
    change(buildId, now, BuildRecord::abandoned);
  }

  /// Writes that an order still waits in the queue that it was given to; does nothing where it
  /// waits no longer.
  ///
  /// @param patience the time after which it counts as lost unless this is written again
  public void stillQueued(BuildOrder order, Instant now, Duration patience) throws IOException {
    change(
        order.address().buildId(),
        now,
        record -> record.stillQueued(order.fence(), now.plus(patience)));
  }

  /// Takes an order for a builder; returns false where another builder has it or the fence is old.
  public boolean claim(AssetAddress address, long fence, Instant now) throws IOException {
    Optional<BuildRecord> before =
        change(address.buildId(), now, record -> record.claim(fence, now));
    if (before.isPresent()
        && before.get().state() instanceof BuildState.Queued queued
        && queued.ticket() > 0) {
      queue.take(queued.ticket(), now);
    }
    return before.isPresent();
  }

  /// Writes a heartbeat; returns false where the builder has been replaced.
  public boolean beat(AssetAddress address, long fence, Progress progress, Instant now)
      throws IOException {
    return change(address.buildId(), now, record -> record.beat(fence, progress, now)).isPresent();
  }

  /// Writes that the product is stored; returns false where the builder has been replaced.
  public boolean ready(AssetAddress address, long fence, BuildState.Ready ready)
      throws IOException {
    return change(address.buildId(), ready.at(), record -> record.ready(fence, ready)).isPresent();
  }

  /// Writes that the build failed; returns false where the builder has been replaced.
  ///
  /// @param message one line that names the cause
  public boolean fail(
      AssetAddress address, long fence, FailureKind kind, String message, Instant now)
      throws IOException {
    return change(address.buildId(), now, record -> record.failed(fence, kind, message, now))
        .isPresent();
  }

  /// The product of a plan and its address; empty where no builder has stored one.
  public Optional<KnownProduct> productOf(AssetKey plan) throws IOException {
    return table.find(PLAN + plan.hex()).map(Item::text).flatMap(KnownProduct::parse);
  }

  /// Writes the product of a plan and its address, for later builds of the same plan.
  public void remember(AssetKey plan, KnownProduct product, Instant now) throws IOException {
    String key = PLAN + plan.hex();
    String text = product.toJson();
    Optional<Item> known = table.find(key);
    if (known.isEmpty()) {
      table.create(key, text, expiry(now));
    } else {
      table.replace(known.get(), text, expiry(now));
    }
  }

  /// The key of an asset's record in the table.
  public static String key(AssetAddress address) {
    return BUILD + address.buildId();
  }

  static Optional<BuildRecord> read(Optional<Item> item) throws IOException {
    return item.isEmpty() ? Optional.empty() : Optional.of(read(item.get()));
  }

  /// Applies a step to the record until no other caller changes it in between; returns the record
  /// as it was before, or empty where the step gives no new one.
  private Optional<BuildRecord> change(
      String buildId, Instant now, Function<BuildRecord, Optional<BuildRecord>> step)
      throws IOException {
    while (true) {
      Item item = required(buildId);
      BuildRecord before = read(item);
      Optional<BuildRecord> next = step.apply(before);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      if (table.replace(item, BuildRecordJson.write(next.get()), expiry(now))) {
        return Optional.of(before);
      }
    }
  }

  private static Instant expiry(Instant now) {
    return now.plus(Retention.RECORD);
  }

  private Item required(String buildId) throws IOException {
    return table
        .find(BUILD + buildId)
        .orElseThrow(() -> new IOException("no record of build " + buildId));
  }

  /// The record that a table item holds.
  public static BuildRecord read(Item item) throws IOException {
    try {
      return BuildRecordJson.read(item.text());
    } catch (MalformedJsonException e) {
      throw new IOException("record " + item.key() + ": " + e.getMessage(), e);
    }
  }
}
