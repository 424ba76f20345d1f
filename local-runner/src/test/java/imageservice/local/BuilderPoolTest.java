package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AssetAddress;
import imageservice.builder.BuildLog;
import imageservice.builder.Builder;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.Tools;
import imageservice.builder.cache.Derived;
import imageservice.builder.store.AssetSink;
import imageservice.formats.blob.Blob;
import imageservice.functions.asset.BusyException;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.MemoryPlanStore;
import imageservice.ledger.PlannedAsset;
import imageservice.ledger.StoredObject;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BuilderPoolTest {
  private static final int BUILDERS = 2;
  private static final int QUEUE = 256;

  /// A table that answers once it may, and that no record is in.
  private static final class SlowTable implements ItemTable {
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Optional<Item> find(String key) throws IOException {
      asked.incrementAndGet();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return Optional.empty();
    }

    @Override
    public Map<String, Item> findAll(Set<String> keys) {
      return Map.of();
    }

    @Override
    public boolean create(String key, String text, Instant expires) {
      return false;
    }

    @Override
    public boolean replace(Item expected, String text, Instant expires) {
      return false;
    }

    @Override
    public boolean remove(Item expected) {
      return false;
    }

    @Override
    public long count(String key) {
      return 1;
    }
  }

  private static final class NoSink implements AssetSink {
    @Override
    public StoredObject put(Target target, Blob content, Progress progress) throws IOException {
      throw new IOException("nothing is stored here");
    }

    @Override
    public boolean has(String key, long size) {
      return false;
    }

    @Override
    public boolean copy(String from, long size, Target to) {
      return false;
    }
  }

  @Test
  void refusesMoreThanItsQueueHoldsAndCarriesOutTheRest() throws Exception {
    SlowTable table = new SlowTable();
    try (BuilderPool pool = new BuilderPool(builder(table), BUILDERS, BuilderPool.FOREVER)) {
      for (int i = 0; i < BUILDERS + QUEUE; i++) {
        pool.start(order());
      }
      assertThatThrownBy(() -> pool.start(order()))
          .isInstanceOf(BusyException.class)
          .hasMessage("busy: 256 builds wait for a builder already; ask again");
      table.go.countDown();
      while (table.asked.get() < BUILDERS + QUEUE) {
        Thread.sleep(1);
      }
    }
  }

  /// What the pool says of its queue is what the pulse writes; an order that a builder has is its
  /// own.
  @Test
  void theOrdersInTheQueueAreSaidToWait() throws Exception {
    SlowTable table = new SlowTable();
    try (BuilderPool pool = new BuilderPool(builder(table), 1, BuilderPool.FOREVER)) {
      pool.start(order(1));
      while (table.asked.get() < 1) {
        Thread.sleep(1);
      }
      pool.start(order(2));
      assertThat(pool.waiting()).containsExactly(order(2));
      MemoryItemTable records = new MemoryItemTable();
      BuildLedger ledger = new BuildLedger(records);
      PlannedAsset asset = new PlannedAsset(order(1).address(), order(1).plan(), List.of());
      Instant before = Instant.now().minus(Duration.ofHours(1));
      ledger.acquire(asset, before, Duration.ofSeconds(1));
      try (QueuePulse pulse = new QueuePulse(ledger, () -> Set.of(order(1)))) {
        pulse.beat();
      }
      assertThat(ledger.acquire(asset, Instant.now(), Duration.ofSeconds(1)).acquired()).isFalse();
      table.go.countDown();
      while (!pool.waiting().isEmpty()) {
        Thread.sleep(1);
      }
    }
  }

  private static BuildOrder order() {
    return order(1);
  }

  private static BuildOrder order(long fence) {
    AssetAddress address =
        AssetAddress.parse("g00000000/image/" + "0".repeat(64) + "/v1.9.5/cmdline-metal-amd64")
            .orElseThrow();
    return new BuildOrder(address, fence, AssetKey.of(new BuildPlan.Cmdline("a=b")));
  }

  private static Builder builder(ItemTable table) {
    return new Builder(
        new BuildLedger(table),
        new MemoryPlanStore(),
        plan -> {
          throw new IOException("no material is here");
        },
        new Assembler(new Tools(Derived.afresh())),
        new NoSink(),
        InstantSource.fixed(Instant.EPOCH),
        BuildLog.NONE);
  }
}
