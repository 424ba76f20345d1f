package imageservice.ledger;

import static imageservice.ledger.Builds.ADDRESS;
import static imageservice.ledger.Builds.ASSET;
import static imageservice.ledger.Builds.PLAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AssetAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class BuildLedgerTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Instant LATER = NOW.plus(BuildRecord.LEASE).plusMillis(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CALLERS = 100;

  private final MemoryItemTable table = new MemoryItemTable();
  private final BuildLedger ledger = new BuildLedger(table);

  @Test
  void knowsNothingOfABuildThatNobodyBegan() throws IOException {
    assertThat(ledger.find(ADDRESS)).isEmpty();
    assertThatThrownBy(() -> ledger.acquireLost(ASSET, NOW, PATIENCE))
        .isInstanceOf(IOException.class)
        .hasMessage("no record of build " + ADDRESS.buildId());
  }

  @Test
  void ofManyCallersOneAcquiresABuild() throws Exception {
    assertThat(acquired(() -> acquire(NOW))).isEqualTo(1);
    assertThat(ledger.find(ADDRESS).orElseThrow().fence()).isEqualTo(1);
  }

  @Test
  void ofManyCallersOneTakesOverAfterTheLease() throws Exception {
    claimed(1, NOW);
    assertThat(acquired(() -> acquire(LATER))).isEqualTo(1);
    assertThat(ledger.find(ADDRESS).orElseThrow().fence()).isEqualTo(2);
    assertThat(ledger.find(ADDRESS).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void ofManyCallersOneBuildsALostObjectAgain() throws Exception {
    claimed(1, NOW);
    assertThat(ledger.ready(ADDRESS, 1, new BuildState.Ready(Builds.product(9), NOW))).isTrue();
    assertThat(acquired(() -> ledger.acquireLost(ASSET, LATER, PATIENCE))).isEqualTo(1);
    assertThat(ledger.find(ADDRESS).orElseThrow().fence()).isEqualTo(2);
  }

  /// The places of builds are free by that.
  @Test
  void aBuildHasEndedByItsOutcomeOrWithoutItsBuilder() throws IOException {
    Set<String> own = Set.of(ADDRESS.buildId());
    assertThat(ledger.ended(own, NOW)).as("that nobody ordered").isEqualTo(own);
    acquire(NOW);
    assertThat(ledger.ended(own, NOW)).as("that waits").isEmpty();
    assertThat(ledger.ended(own, NOW.plus(PATIENCE).plusMillis(1))).as("lost").isEqualTo(own);
    assertThat(ledger.claim(ADDRESS, 1, NOW)).isTrue();
    assertThat(ledger.ended(own, NOW)).as("that runs").isEmpty();
    assertThat(ledger.ended(own, LATER)).as("whose builder died").isEqualTo(own);
    assertThat(ledger.ready(ADDRESS, 1, new BuildState.Ready(Builds.product(9), NOW))).isTrue();
    assertThat(ledger.ended(own, NOW)).as("that is ready").isEqualTo(own);
  }

  @Test
  void thatManyBuildsHaveEndedIsReadInAsManyCallsAsATableTakes() throws IOException {
    Set<String> all = new HashSet<>(Set.of(ADDRESS.buildId()));
    for (int i = 0; i < 2 * ItemTable.MOST_KEYS; i++) {
      all.add(Builds.address("file-" + i).buildId());
    }
    acquire(NOW);
    assertThat(ledger.ended(all, NOW))
        .hasSize(2 * ItemTable.MOST_KEYS)
        .doesNotContain(ADDRESS.buildId());
  }

  @Test
  void ofManyBuildersOneClaimsAnOrder() throws Exception {
    acquire(NOW);
    assertThat(together(() -> ledger.claim(ADDRESS, 1, NOW)).stream().filter(won -> won))
        .hasSize(1);
  }

  @Test
  void aReplacedBuilderCannotSayThatItIsDone() throws IOException {
    claimed(1, NOW);
    assertThat(acquire(LATER).acquired()).isTrue();
    BuildRecord before = ledger.find(ADDRESS).orElseThrow();
    assertThat(ledger.claim(ADDRESS, 1, LATER)).isFalse();
    assertThat(ledger.beat(ADDRESS, 1, Progress.NONE, LATER)).isFalse();
    assertThat(ledger.ready(ADDRESS, 1, new BuildState.Ready(Builds.product(9), LATER))).isFalse();
    assertThat(ledger.fail(ADDRESS, 1, FailureKind.DEFECT, "x", LATER)).isFalse();
    assertThat(ledger.find(ADDRESS)).contains(before);
    assertThat(ledger.claim(ADDRESS, 2, LATER)).isTrue();
    assertThat(ledger.ready(ADDRESS, 2, new BuildState.Ready(Builds.product(9), LATER))).isTrue();
  }

  @Test
  void whatIsReadyIsNotBegunAgain() throws IOException {
    claimed(1, NOW);
    ledger.ready(ADDRESS, 1, new BuildState.Ready(Builds.product(9), NOW));
    BuildLedger.Acquisition acquisition = acquire(NOW.plus(Duration.ofDays(30)));
    assertThat(acquisition.acquired()).isFalse();
    assertThat(acquisition.record().state())
        .isEqualTo(new BuildState.Ready(Builds.product(9), NOW));
  }

  @Test
  void whatFailedIsBegunAgainAfterAWhile() throws IOException {
    acquire(NOW);
    assertThat(ledger.fail(ADDRESS, 1, FailureKind.SOURCE, "busy", NOW)).isTrue();
    assertThat(acquire(NOW.plusSeconds(4)).acquired()).isFalse();
    assertThat(acquire(NOW.plusSeconds(5)).acquired()).isTrue();
  }

  @Test
  void whatIsBegunForTheFourthTimeHasFailedAndIsNobodys() throws IOException {
    Instant now = NOW;
    for (int attempt = 1; attempt <= BuildRecord.MAXIMUM_ATTEMPTS; attempt++) {
      claimed(attempt, now);
      now = now.plus(BuildRecord.LEASE).plusMillis(1);
    }
    BuildLedger.Acquisition fourth = acquire(now);
    assertThat(fourth.acquired()).isFalse();
    assertThat(fourth.record().state()).isInstanceOf(BuildState.Failed.class);
    assertThat(ledger.find(ADDRESS)).contains(fourth.record());
  }

  @Test
  void anAbandonedBuildIsBegunAtOnce() throws IOException {
    acquire(NOW);
    ledger.abandon(ADDRESS.buildId(), NOW);
    assertThat(acquire(NOW).acquired()).isTrue();
  }

  @Test
  void aLostObjectThatSomebodyElseBuildsAlreadyIsLeftToThem() throws IOException {
    acquire(NOW);
    BuildLedger.Acquisition acquisition = ledger.acquireLost(ASSET, NOW, PATIENCE);
    assertThat(acquisition.acquired()).isFalse();
    assertThat(acquisition.record().fence()).isEqualTo(1);
  }

  @Test
  void buildsAreApart() throws IOException {
    acquire(NOW);
    AssetAddress other = Builds.address("talosctl-linux-arm64");
    assertThat(ledger.acquire(Builds.planned(other), NOW, PATIENCE).acquired()).isTrue();
    assertThat(ledger.find(other).orElseThrow().address()).isEqualTo(other);
  }

  @Test
  void whoHasReadTheRecordNeedsNotReadItAgain() throws IOException {
    CountingTable counting = new CountingTable();
    BuildLedger counted = new BuildLedger(counting);
    assertThat(counted.acquire(ASSET, NOW, PATIENCE, Optional.empty()).acquired()).isTrue();
    assertThat(counting.calls).hasSize(1);
    Optional<Item> seen = counting.find(BuildLedger.key(ADDRESS));
    counting.calls.clear();
    assertThat(counted.acquire(ASSET, NOW, PATIENCE, seen).acquired()).isFalse();
    assertThat(counting.calls).isEmpty();
  }

  @Test
  void whoHasReadAnOldRecordReadsTheNewOne() throws IOException {
    claimed(1, NOW);
    assertThat(ledger.acquire(ASSET, NOW, PATIENCE, Optional.empty()).acquired()).isFalse();
    Optional<Item> old = table.find(BuildLedger.key(ADDRESS));
    ledger.ready(ADDRESS, 1, new BuildState.Ready(Builds.product(9), NOW));
    assertThat(ledger.acquire(ASSET, LATER, PATIENCE, old).record().state())
        .isEqualTo(new BuildState.Ready(Builds.product(9), NOW));
  }

  @Test
  void remembersWhereThePlansBytesAre() throws IOException {
    KnownProduct one = new KnownProduct(ADDRESS, Builds.product(1));
    KnownProduct two =
        new KnownProduct(
            ADDRESS,
            new StoredProduct(
                Builds.object(2, "ab"),
                List.of(Builds.object(3, "ef")),
                List.of(new Measurement("main", "", "sha256", 11, "00"))));
    assertThat(ledger.productOf(PLAN)).isEmpty();
    ledger.remember(PLAN, one, NOW);
    ledger.remember(PLAN, one, NOW);
    assertThat(ledger.productOf(PLAN)).contains(one);
    ledger.remember(PLAN, two, NOW);
    assertThat(ledger.productOf(PLAN)).contains(two);
    assertThat(ledger.productOf(Builds.OTHER_PLAN)).isEmpty();
  }

  @Test
  void aProductThatCannotBeReadIsForgotten() throws IOException {
    table.create("asset#" + PLAN.hex(), "{}");
    assertThat(ledger.productOf(PLAN)).isEmpty();
    ledger.remember(PLAN, new KnownProduct(ADDRESS, Builds.product(1)), NOW);
    assertThat(ledger.productOf(PLAN)).isPresent();
  }

  @Test
  void aRecordThatCannotBeReadIsNamed() throws IOException {
    String key = BuildLedger.key(ADDRESS);
    table.create(key, "{}");
    assertThatThrownBy(() -> ledger.find(ADDRESS))
        .isInstanceOf(IOException.class)
        .hasMessage("record " + key + ": objectKey: missing");
    assertThatThrownBy(() -> acquire(NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("record " + key + ": objectKey: missing");
  }

  private void claimed(long fence, Instant now) throws IOException {
    assertThat(acquire(now).acquired()).isTrue();
    assertThat(ledger.claim(ADDRESS, fence, now)).isTrue();
  }

  private BuildLedger.Acquisition acquire(Instant now) throws IOException {
    return ledger.acquire(ASSET, now, PATIENCE);
  }

  private static long acquired(Callable<BuildLedger.Acquisition> call) throws Exception {
    List<BuildLedger.Acquisition> all = together(call);
    assertThat(all.stream().map(BuildLedger.Acquisition::record).distinct()).hasSize(1);
    return all.stream().filter(BuildLedger.Acquisition::acquired).count();
  }

  private static <T> List<T> together(Callable<T> call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CALLERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> calls =
          threads.invokeAll(
              Collections.nCopies(
                  CALLERS,
                  () -> {
                    start.await();
                    return call.call();
                  }));
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> done : calls) {
        results.add(done.get());
      }
      return results;
    }
  }
}
