package imageservice.ledger;

import static imageservice.ledger.Builds.ADDRESS;
import static imageservice.ledger.Builds.ASSET;
import static imageservice.ledger.Builds.OTHER_PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.release.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildRecordTest {
  private static final Instant BEGIN = Instant.parse("2026-08-01T12:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final BuildState.Ready READY = new BuildState.Ready(Builds.product(5), BEGIN);
  private static final Progress HALF = new Progress(Stage.ASSEMBLING, 50, 100);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final BuildState WAITING =
      new BuildState.Queued(0, 1, BEGIN, BEGIN.plus(PATIENCE));

  /// The same asset, planned by another version of the service or from another release.
  private static final PlannedAsset OTHER =
      new PlannedAsset(ADDRESS, OTHER_PLAN, List.of("not as asked"));

  private final BuildRecord first = BuildRecord.first(ASSET, BEGIN, PATIENCE);
  private final BuildRecord claimed = first.claim(1, BEGIN).orElseThrow();

  @Test
  void beginsInTheQueueWithoutALease() {
    assertThat(first).isEqualTo(new BuildRecord(ASSET, 1, 0, BEGIN, WAITING));
  }

  @Test
  void waitingForABuilderIsNotDying() {
    Duration forever = Duration.ofDays(10_000);
    BuildRecord waiting = BuildRecord.first(ASSET, BEGIN, forever);
    assertThat(acquire(waiting, BEGIN.plus(Duration.ofHours(1)))).isEmpty();
    assertThat(waiting.claim(1, BEGIN.plus(Duration.ofHours(1))).orElseThrow().attempt()).isOne();
  }

  @Test
  void isNobodyElsesUntilItsLeaseHasEnded() {
    Instant end = BEGIN.plus(BuildRecord.LEASE);
    assertThat(acquire(claimed, end)).isEmpty();
    Instant after = end.plus(MOMENT);
    BuildRecord again = claimed.acquire(OTHER, after, PATIENCE, Instant.EPOCH).orElseThrow();
    assertThat(again)
        .isEqualTo(
            new BuildRecord(
                OTHER, 2, 1, after, new BuildState.Queued(0, 1, after, after.plus(PATIENCE))));
  }

  @Test
  void anOrderThatWasLostOnItsWayIsGivenAgainAndStaysGood() {
    Instant after = BEGIN.plus(PATIENCE).plus(MOMENT);
    assertThat(acquire(first, BEGIN.plus(PATIENCE))).isEmpty();
    BuildRecord again = acquire(first, after).orElseThrow();
    assertThat(again.state()).isEqualTo(new BuildState.Queued(0, 2, BEGIN, after.plus(PATIENCE)));
    assertThat(again.claim(1, after)).isPresent();
    BuildRecord changed = first.acquire(OTHER, after, PATIENCE, BEGIN).orElseThrow();
    assertThat(changed.claim(1, after)).isEmpty();
    assertThat(changed.claim(2, after)).isPresent();
  }

  @Test
  void anOrderIsNotGivenAThirdTimeWhereNoBuilderTakesAny() {
    Instant second = BEGIN.plus(PATIENCE).plus(MOMENT);
    Instant third = second.plus(PATIENCE).plus(MOMENT);
    BuildRecord again = acquire(first, second).orElseThrow();
    assertThat(again.mayBeGivenUp(second)).isFalse();
    assertThat(again.mayBeGivenUp(third)).isTrue();
    assertThat(acquire(again, third).orElseThrow().state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.DEFECT,
                Stage.QUEUED,
                "no builder has taken the order in 240 s, nor any other: builders do not start",
                third.plus(FailureKind.DEFECT.remembered())));
  }

  @Test
  void anOrderIsGivenAsOftenAsItTakesWhileBuildersAreBusy() {
    BuildRecord record = first;
    Instant now = BEGIN;
    for (int given = 2; given < 50; given++) {
      now = now.plus(PATIENCE).plus(MOMENT);
      record = record.acquire(ASSET, now, PATIENCE, now.minusSeconds(3)).orElseThrow();
      assertThat(record.state())
          .isEqualTo(new BuildState.Queued(0, given, BEGIN, now.plus(PATIENCE)));
    }
    assertThat(record.attempt()).isZero();
  }

  /// Whoever gave it before counts no longer, as it is not on its way but in a queue.
  @Test
  void anOrderThatALivingQueueHasIsNotLost() {
    Instant later = BEGIN.plus(PATIENCE).plus(MOMENT);
    BuildRecord again = acquire(first, later).orElseThrow();
    Instant until = later.plus(PATIENCE).plus(PATIENCE);
    BuildRecord kept = again.stillQueued(1, until).orElseThrow();
    assertThat(kept.state()).isEqualTo(new BuildState.Queued(0, 1, BEGIN, until));
    assertThat(acquire(kept, until)).isEmpty();
    assertThat(acquire(kept, until.plus(MOMENT))).isPresent();
    assertThat(kept.stillQueued(2, until)).isEmpty();
    assertThat(claimed.stillQueued(1, until)).isEmpty();
  }

  @Test
  void oneBuilderClaimsItAndThatIsAnAttempt() {
    BuildRecord taken = first.claim(1, BEGIN.plusSeconds(3)).orElseThrow();
    assertThat(taken.state())
        .isEqualTo(new BuildState.Running(Progress.NONE, BEGIN.plusSeconds(23)));
    assertThat(taken.attempt()).isEqualTo(1);
    assertThat(taken.claim(1, BEGIN.plusSeconds(3))).isEmpty();
    assertThat(first.claim(2, BEGIN)).isEmpty();
    assertThat(first.claim(0, BEGIN)).isEmpty();
  }

  @Test
  void aSignOfLifeRenewsTheLeaseAndTellsTheStage() {
    BuildRecord beaten = claimed.beat(1, HALF, BEGIN.plusSeconds(19)).orElseThrow();
    assertThat(beaten.state()).isEqualTo(new BuildState.Running(HALF, BEGIN.plusSeconds(39)));
    assertThat(acquire(beaten, BEGIN.plusSeconds(39))).isEmpty();
    assertThat(acquire(beaten, BEGIN.plusSeconds(40))).isPresent();
  }

  @Test
  void aReplacedBuilderChangesNothing() {
    BuildRecord replaced = acquire(claimed, BEGIN.plusSeconds(60)).orElseThrow();
    assertThat(replaced.claim(1, BEGIN)).isEmpty();
    assertThat(replaced.beat(1, HALF, BEGIN)).isEmpty();
    assertThat(replaced.ready(1, READY)).isEmpty();
    assertThat(replaced.failed(1, FailureKind.SOURCE, "x", BEGIN)).isEmpty();
    assertThat(replaced.claim(2, BEGIN).flatMap(own -> own.ready(2, READY))).isPresent();
  }

  @Test
  void aBuilderThatWasNotReplacedMayFinishLate() {
    BuildState.Ready late = new BuildState.Ready(Builds.product(5), BEGIN.plusSeconds(3_600));
    assertThat(claimed.ready(1, late).orElseThrow().state()).isEqualTo(late);
  }

  @Test
  void whatIsDoneStaysDone() {
    BuildRecord ready = claimed.ready(1, READY).orElseThrow();
    assertThat(acquire(ready, BEGIN.plus(Duration.ofDays(999)))).isEmpty();
    assertThat(ready.claim(1, BEGIN)).isEmpty();
    assertThat(ready.beat(1, HALF, BEGIN)).isEmpty();
    assertThat(ready.ready(1, new BuildState.Ready(Builds.product(6), BEGIN))).isEmpty();
    assertThat(ready.failed(1, FailureKind.DEFECT, "x", BEGIN)).isEmpty();
    assertThat(ready.abandoned()).isEmpty();
    assertThat(ready.numbered(1)).isEmpty();
  }

  @Test
  void aFailureIsRememberedForAsLongAsItsKindSays() {
    for (FailureKind kind : FailureKind.values()) {
      BuildRecord failed =
          claimed
              .beat(1, HALF, BEGIN)
              .flatMap(record -> record.failed(1, kind, "why", BEGIN))
              .orElseThrow();
      Instant retryAt = BEGIN.plus(kind.remembered());
      assertThat(failed.state())
          .isEqualTo(new BuildState.Failed(kind, Stage.ASSEMBLING, "why", retryAt));
      assertThat(acquire(failed, retryAt.minus(MOMENT))).isEmpty();
      BuildRecord again = acquire(failed, retryAt).orElseThrow();
      assertThat(again.attempt()).isZero();
      assertThat(again.fence()).isEqualTo(2);
      assertThat(again.state()).isInstanceOf(BuildState.Queued.class);
    }
  }

  @Test
  void anOrderThatCannotBeGivenHasFailed() {
    assertThat(first.failed(1, FailureKind.STORAGE, "why", BEGIN).orElseThrow().state())
        .isEqualTo(
            new BuildState.Failed(FailureKind.STORAGE, Stage.QUEUED, "why", BEGIN.plusSeconds(5)));
    assertThat(first.failed(2, FailureKind.STORAGE, "why", BEGIN)).isEmpty();
  }

  @Test
  void failuresOfInputsAreRememberedLongest() {
    assertThat(FailureKind.INPUT.remembered()).isEqualTo(Duration.ofMinutes(10));
    assertThat(FailureKind.SOURCE.remembered()).isEqualTo(Duration.ofSeconds(5));
    assertThat(FailureKind.STORAGE.remembered()).isEqualTo(Duration.ofSeconds(5));
    assertThat(FailureKind.DEFECT.remembered()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void buildersThatDieThreeTimesAreADefect() {
    BuildRecord record = claimed;
    Instant now = BEGIN;
    for (int attempt = 2; attempt <= BuildRecord.MAXIMUM_ATTEMPTS; attempt++) {
      now = now.plus(BuildRecord.LEASE).plus(MOMENT);
      record = acquire(record, now).orElseThrow().claim(attempt, now).orElseThrow();
      assertThat(record.attempt()).isEqualTo(attempt);
    }
    now = now.plus(BuildRecord.LEASE).plus(MOMENT);
    record = acquire(record, now).orElseThrow();
    assertThat(record.state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.DEFECT,
                Stage.QUEUED,
                "the builder stopped 3 times without saying why",
                now.plus(Duration.ofMinutes(1))));
    assertThat(acquire(record, now.plus(Duration.ofMinutes(1))).orElseThrow().attempt()).isZero();
  }

  @Test
  void anAbandonedBuildIsAnybodysAtOnceAndCountsNoAttempt() {
    for (BuildRecord open : List.of(first, claimed)) {
      BuildRecord abandoned = open.abandoned().orElseThrow();
      assertThat(abandoned.attempt()).isZero();
      BuildRecord again = acquire(abandoned, BEGIN).orElseThrow();
      assertThat(again.state()).isEqualTo(new BuildState.Queued(0, 1, BEGIN, BEGIN.plus(PATIENCE)));
      assertThat(again.fence()).isEqualTo(2);
      assertThat(again.claim(1, BEGIN)).isEmpty();
      assertThat(again.ready(1, READY)).isEmpty();
    }
  }

  @Test
  void aLostObjectIsBuiltAgain() {
    BuildRecord lost =
        claimed.ready(1, READY).orElseThrow().lost(ASSET, BEGIN.plusSeconds(9), PATIENCE);
    assertThat(lost.fence()).isEqualTo(2);
    assertThat(lost.attempt()).isZero();
    assertThat(lost.state()).isInstanceOf(BuildState.Queued.class);
  }

  @Test
  void warningsAreTheLastOrdersAndStayWithTheBuild() {
    Instant after = BEGIN.plus(PATIENCE).plus(MOMENT);
    List<BuildRecord> orderedAnew =
        List.of(
            first.acquire(OTHER, after, PATIENCE, BEGIN).orElseThrow(),
            claimed.acquire(OTHER, after, PATIENCE, BEGIN).orElseThrow(),
            claimed.ready(1, READY).orElseThrow().lost(OTHER, after, PATIENCE));
    for (BuildRecord ordered : orderedAnew) {
      BuildRecord beaten =
          ordered.claim(2, after).flatMap(taken -> taken.beat(2, HALF, after)).orElseThrow();
      assertThat(beaten.ready(2, READY).orElseThrow().asset()).isEqualTo(OTHER);
      assertThat(beaten.failed(2, FailureKind.SOURCE, "x", after).orElseThrow().asset())
          .isEqualTo(OTHER);
      assertThat(beaten.abandoned().orElseThrow().asset()).isEqualTo(OTHER);
    }
  }

  @Test
  void onlyAWaitingOrderGetsANumberAndOnlyOne() {
    BuildRecord numbered = first.numbered(7).orElseThrow();
    assertThat(numbered.state())
        .isEqualTo(new BuildState.Queued(7, 1, BEGIN, BEGIN.plus(PATIENCE)));
    assertThat(numbered.numbered(8)).isEmpty();
    assertThat(claimed.numbered(8)).isEmpty();
  }

  @Test
  void percentAreWholeAndAtMostAHundred() {
    assertThat(Progress.NONE.percent()).isZero();
    assertThat(Progress.fetching(List.of()).percent()).isZero();
    assertThat(
            Progress.fetching(
                List.of(
                    new InputProgress("imager", Digest.of(new byte[0]), 9, 8),
                    new InputProgress("siderolabs/hello", Digest.of(new byte[0]), 1, 12))))
        .extracting(Progress::doneBytes, Progress::totalBytes, Progress::percent)
        .containsExactly(9L, 20L, 45);
    assertThat(HALF.percent()).isEqualTo(50);
    assertThat(new Progress(Stage.STORING, 999, 1000).percent()).isEqualTo(99);
    assertThat(new Progress(Stage.STORING, 2000, 1000).percent()).isEqualTo(100);
    assertThat(new Progress(Stage.STORING, 1L << 40, 1L << 41).percent()).isEqualTo(50);
  }

  private static Optional<BuildRecord> acquire(BuildRecord record, Instant now) {
    return record.acquire(ASSET, now, PATIENCE, Instant.EPOCH);
  }
}
