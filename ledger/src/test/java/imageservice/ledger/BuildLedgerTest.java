package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class BuildLedgerTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Instant LATER = NOW.plus(BuildRecord.LEASE).plusMillis(1);
  private static final String SHA256 = "cd".repeat(32);
  private static final int CALLERS = 100;

  private final MemoryItemTable table = new MemoryItemTable();
  private final BuildLedger ledger = new BuildLedger(table);

  @Test
  void knowsNothingOfABuildThatNobodyBegan() throws IOException {
    assertThat(ledger.find("b")).isEmpty();
    assertThatThrownBy(() -> ledger.see("b", NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("no record of build b");
    assertThatThrownBy(() -> ledger.acquireLost("b", "plan", NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("no record of build b");
  }

  @Test
  void ofManyCallersOneAcquiresABuild() throws Exception {
    assertThat(acquired(() -> acquire(NOW))).isEqualTo(1);
    assertThat(ledger.find("b").orElseThrow().fence()).isEqualTo(1);
  }

  @Test
  void ofManyCallersOneTakesOverAfterTheLease() throws Exception {
    acquire(NOW);
    assertThat(acquired(() -> acquire(LATER))).isEqualTo(1);
    assertThat(ledger.find("b").orElseThrow().fence()).isEqualTo(2);
    assertThat(ledger.find("b").orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void ofManyCallersOneBuildsALostObjectAgain() throws Exception {
    acquire(NOW);
    assertThat(ledger.ready("b", 1, new BuildState.Ready(9, SHA256, NOW))).isTrue();
    assertThat(acquired(() -> ledger.acquireLost("b", "plan", LATER))).isEqualTo(1);
    assertThat(ledger.find("b").orElseThrow().fence()).isEqualTo(2);
  }

  @Test
  void ofManyBuildersOneClaimsAnOrder() throws Exception {
    acquire(NOW);
    assertThat(together(() -> ledger.claim("b", 1, NOW)).stream().filter(won -> won)).hasSize(1);
  }

  @Test
  void aReplacedBuilderCannotSayThatItIsDone() throws IOException {
    acquire(NOW);
    assertThat(acquire(LATER).acquired()).isTrue();
    BuildRecord before = ledger.find("b").orElseThrow();
    assertThat(ledger.claim("b", 1, LATER)).isFalse();
    assertThat(ledger.beat("b", 1, Progress.NONE, LATER)).isFalse();
    assertThat(ledger.ready("b", 1, new BuildState.Ready(9, SHA256, LATER))).isFalse();
    assertThat(ledger.fail("b", 1, FailureKind.DEFECT, "x", LATER)).isFalse();
    assertThat(ledger.find("b")).contains(before);
    assertThat(ledger.ready("b", 2, new BuildState.Ready(9, SHA256, LATER))).isTrue();
  }

  @Test
  void whatIsReadyIsNotBegunAgain() throws IOException {
    acquire(NOW);
    ledger.ready("b", 1, new BuildState.Ready(9, SHA256, NOW));
    BuildLedger.Acquisition acquisition = acquire(NOW.plus(Duration.ofDays(30)));
    assertThat(acquisition.acquired()).isFalse();
    assertThat(acquisition.record().state()).isEqualTo(new BuildState.Ready(9, SHA256, NOW));
    ledger.see("b", LATER);
    assertThat(ledger.find("b").orElseThrow().state())
        .isEqualTo(new BuildState.Ready(9, SHA256, LATER));
  }

  @Test
  void whatFailedIsBegunAgainAfterAWhile() throws IOException {
    acquire(NOW);
    assertThat(ledger.fail("b", 1, FailureKind.SOURCE, "busy", NOW)).isTrue();
    assertThat(acquire(NOW.plusSeconds(4)).acquired()).isFalse();
    assertThat(acquire(NOW.plusSeconds(5)).acquired()).isTrue();
  }

  @Test
  void whatIsBegunForTheFourthTimeHasFailedAndIsNobodys() throws IOException {
    Instant now = NOW;
    for (int attempt = 1; attempt <= BuildRecord.MAXIMUM_ATTEMPTS; attempt++) {
      assertThat(acquire(now).acquired()).isTrue();
      now = now.plus(BuildRecord.LEASE).plusMillis(1);
    }
    BuildLedger.Acquisition fourth = acquire(now);
    assertThat(fourth.acquired()).isFalse();
    assertThat(fourth.record().state()).isInstanceOf(BuildState.Failed.class);
    assertThat(ledger.find("b")).contains(fourth.record());
  }

  @Test
  void anAbandonedBuildIsBegunAtOnce() throws IOException {
    acquire(NOW);
    ledger.abandon("b");
    assertThat(acquire(NOW).acquired()).isTrue();
  }

  @Test
  void aLostObjectThatSomebodyElseBuildsAlreadyIsLeftToThem() throws IOException {
    acquire(NOW);
    BuildLedger.Acquisition acquisition = ledger.acquireLost("b", "plan", NOW);
    assertThat(acquisition.acquired()).isFalse();
    assertThat(acquisition.record().fence()).isEqualTo(1);
  }

  @Test
  void buildsAreApart() throws IOException {
    acquire(NOW);
    assertThat(ledger.acquire("c", "g1/y", "plan", NOW).acquired()).isTrue();
    assertThat(ledger.find("c").orElseThrow().objectKey()).isEqualTo("g1/y");
  }

  @Test
  void remembersWhereThePlansBytesAre() throws IOException {
    assertThat(ledger.objectOf("plan")).isEmpty();
    ledger.rememberObject("plan", "one");
    ledger.rememberObject("plan", "one");
    assertThat(ledger.objectOf("plan")).contains("one");
    ledger.rememberObject("plan", "two");
    assertThat(ledger.objectOf("plan")).contains("two");
  }

  @Test
  void aRecordThatCannotBeReadIsNamed() {
    table.create("build#b", "{}");
    assertThatThrownBy(() -> ledger.find("b"))
        .isInstanceOf(IOException.class)
        .hasMessage("record build#b: objectKey: missing");
    assertThatThrownBy(() -> acquire(NOW))
        .isInstanceOf(IOException.class)
        .hasMessage("record build#b: objectKey: missing");
  }

  private BuildLedger.Acquisition acquire(Instant now) throws IOException {
    return ledger.acquire("b", "g1/x", "plan", now);
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
