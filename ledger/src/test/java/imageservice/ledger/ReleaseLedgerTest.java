package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ReleaseLedgerTest {
  private static final TalosVersion VERSION = TalosVersion.of(1, 9, 5);
  private static final ReleaseIndex INDEX =
      new ReleaseIndex(
          List.of(new Release(TalosVersion.of(1, 9, 5), new Digest("sha256:" + "0".repeat(64)))),
          Optional.of(new Digest("sha256:" + "1".repeat(64))));

  private final MemoryItemTable table = new MemoryItemTable();
  private final ReleaseLedger ledger = new ReleaseLedger(table);

  @Test
  void isEmptyBeforeAnythingWasWritten() throws IOException {
    assertThat(ledger.isPresent()).isFalse();
    assertThat(ledger.read()).isEqualTo(ReleaseIndex.EMPTY);
  }

  @Test
  void keepsTheLastIndex() throws IOException {
    ledger.write(ReleaseIndex.EMPTY);
    ledger.write(INDEX);
    assertThat(ledger.isPresent()).isTrue();
    assertThat(ledger.read()).isEqualTo(INDEX);
  }

  @Test
  void theSameIndexIsNoChange() throws IOException {
    ledger.write(INDEX);
    ledger.write(INDEX);
    assertThat(table.find("releases").orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void oneOfManyCallersTakesTheIndexingOfAReleaseOn() throws Exception {
    Instant now = Instant.parse("2026-08-01T12:00:00Z");
    for (Instant time : List.of(now, now.plusSeconds(30))) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Boolean>> claims =
            threads.invokeAll(Collections.nCopies(200, () -> ledger.claimIndexing(VERSION, time)));
        int claimed = 0;
        for (Future<Boolean> claim : claims) {
          claimed += claim.get() ? 1 : 0;
        }
        assertThat(claimed).isEqualTo(1);
      }
    }
  }

  @Test
  void indexingIsTakenOnAgainOnceItsLeaseEndedOrItWasGivenUp() throws IOException {
    Instant now = Instant.parse("2026-08-01T12:00:00Z");
    ledger.abandonIndexing(VERSION);
    assertThat(ledger.claimIndexing(VERSION, now)).isTrue();
    assertThat(ledger.claimIndexing(VERSION, now.plusSeconds(29))).isFalse();
    assertThat(ledger.claimIndexing(TalosVersion.of(1, 9, 6), now)).isTrue();
    assertThat(ledger.claimIndexing(VERSION, now.plusSeconds(30))).isTrue();
    ledger.abandonIndexing(VERSION);
    assertThat(ledger.claimIndexing(VERSION, now.plusSeconds(31))).isTrue();
  }

  @Test
  void aFailedIndexingIsToldAndNotTakenOnForAWhile() throws IOException {
    Instant now = Instant.parse("2026-08-01T12:00:00Z");
    assertThat(ledger.indexingFailure(VERSION, now)).isEmpty();
    ledger.claimIndexing(VERSION, now);
    assertThat(ledger.indexingFailure(VERSION, now)).isEmpty();
    ledger.failIndexing(VERSION, "no answer", now);
    assertThat(ledger.indexingFailure(VERSION, now.plusSeconds(14))).contains("no answer");
    assertThat(ledger.claimIndexing(VERSION, now.plusSeconds(14))).isFalse();
    assertThat(ledger.indexingFailure(VERSION, now.plusSeconds(15))).isEmpty();
    assertThat(ledger.claimIndexing(VERSION, now.plusSeconds(15))).isTrue();
    assertThat(ledger.indexingFailure(VERSION, now.plusSeconds(16))).isEmpty();
  }

  @Test
  void anIndexWithoutReleasesIsNoneYet() throws IOException {
    assertThat(ledger.isPresent()).isFalse();
    ledger.write(ReleaseIndex.EMPTY);
    assertThat(ledger.isPresent()).isFalse();
  }

  @Test
  void theCauseOfAFailedReadingIsKept() throws IOException {
    assertThat(ledger.failure()).isEmpty();
    ledger.fail("no answer");
    ledger.fail("still none");
    assertThat(ledger.failure()).contains("still none");
  }

  @Test
  void anIndexThatCannotBeReadIsSaid() throws IOException {
    table.create("releases", "{\"releases\":1}");
    assertThatThrownBy(ledger::read)
        .isInstanceOf(IOException.class)
        .hasMessage("index of releases: releases: not a list");
  }
}
