package imageservice.ledger;

import static imageservice.ledger.Builds.ADDRESS;
import static imageservice.ledger.Builds.OTHER_PLAN;
import static imageservice.ledger.Builds.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BuildRecordTest {
  private static final Instant BEGIN = Instant.parse("2026-08-01T12:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Progress HALF = new Progress(Stage.ASSEMBLING, 50, 100);

  private final BuildRecord first = BuildRecord.first(ADDRESS, PLAN, BEGIN);

  @Test
  void beginsQueuedWithALease() {
    assertThat(first)
        .isEqualTo(
            new BuildRecord(
                ADDRESS,
                PLAN,
                1,
                1,
                BEGIN,
                new BuildState.Running(false, Progress.NONE, BEGIN.plus(BuildRecord.LEASE))));
  }

  @Test
  void isNobodyElsesUntilItsLeaseHasEnded() {
    Instant end = BEGIN.plus(BuildRecord.LEASE);
    assertThat(first.acquire(PLAN, end)).isEmpty();
    BuildRecord again = first.acquire(OTHER_PLAN, end.plus(MOMENT)).orElseThrow();
    assertThat(again.fence()).isEqualTo(2);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.plan()).isEqualTo(OTHER_PLAN);
    assertThat(again.startedAt()).isEqualTo(end.plus(MOMENT));
    assertThat(again.state())
        .isEqualTo(
            new BuildState.Running(false, Progress.NONE, end.plus(MOMENT).plus(BuildRecord.LEASE)));
  }

  @Test
  void oneBuilderClaimsIt() {
    BuildRecord claimed = first.claim(1, BEGIN.plusSeconds(3)).orElseThrow();
    assertThat(claimed.state())
        .isEqualTo(new BuildState.Running(true, Progress.NONE, BEGIN.plusSeconds(23)));
    assertThat(claimed.claim(1, BEGIN.plusSeconds(3))).isEmpty();
    assertThat(first.claim(2, BEGIN)).isEmpty();
    assertThat(first.claim(0, BEGIN)).isEmpty();
  }

  @Test
  void aSignOfLifeRenewsTheLeaseAndTellsTheStage() {
    BuildRecord beaten = first.beat(1, HALF, BEGIN.plusSeconds(19)).orElseThrow();
    assertThat(beaten.state()).isEqualTo(new BuildState.Running(true, HALF, BEGIN.plusSeconds(39)));
    assertThat(beaten.acquire(PLAN, BEGIN.plusSeconds(39))).isEmpty();
    assertThat(beaten.acquire(PLAN, BEGIN.plusSeconds(40))).isPresent();
  }

  @Test
  void aReplacedBuilderChangesNothing() {
    BuildRecord replaced = first.acquire(PLAN, BEGIN.plusSeconds(60)).orElseThrow();
    assertThat(replaced.claim(1, BEGIN)).isEmpty();
    assertThat(replaced.beat(1, HALF, BEGIN)).isEmpty();
    assertThat(replaced.ready(1, new BuildState.Ready(Builds.product(5), BEGIN))).isEmpty();
    assertThat(replaced.failed(1, FailureKind.SOURCE, "x", BEGIN)).isEmpty();
    assertThat(replaced.ready(2, new BuildState.Ready(Builds.product(5), BEGIN))).isPresent();
  }

  @Test
  void aBuilderThatWasNotReplacedMayFinishLate() {
    assertThat(
            first
                .ready(1, new BuildState.Ready(Builds.product(5), BEGIN.plusSeconds(3_600)))
                .orElseThrow()
                .state())
        .isEqualTo(new BuildState.Ready(Builds.product(5), BEGIN.plusSeconds(3_600)));
  }

  @Test
  void whatIsDoneStaysDone() {
    BuildRecord ready =
        first.ready(1, new BuildState.Ready(Builds.product(5), BEGIN)).orElseThrow();
    assertThat(ready.acquire(PLAN, BEGIN.plus(Duration.ofDays(999)))).isEmpty();
    assertThat(ready.claim(1, BEGIN)).isEmpty();
    assertThat(ready.beat(1, HALF, BEGIN)).isEmpty();
    assertThat(ready.ready(1, new BuildState.Ready(Builds.product(6), BEGIN))).isEmpty();
    assertThat(ready.failed(1, FailureKind.DEFECT, "x", BEGIN)).isEmpty();
    assertThat(ready.abandoned()).isEmpty();
  }

  @Test
  void aFailureIsRememberedForAsLongAsItsKindSays() {
    for (FailureKind kind : FailureKind.values()) {
      BuildRecord failed =
          first
              .beat(1, HALF, BEGIN)
              .flatMap(record -> record.failed(1, kind, "why", BEGIN))
              .orElseThrow();
      Instant retryAt = BEGIN.plus(kind.remembered());
      assertThat(failed.state())
          .isEqualTo(new BuildState.Failed(kind, Stage.ASSEMBLING, "why", retryAt));
      assertThat(failed.acquire(PLAN, retryAt.minus(MOMENT))).isEmpty();
      BuildRecord again = failed.acquire(PLAN, retryAt).orElseThrow();
      assertThat(again.attempt()).isEqualTo(1);
      assertThat(again.fence()).isEqualTo(2);
      assertThat(again.state()).isInstanceOf(BuildState.Running.class);
    }
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
    BuildRecord record = first;
    Instant now = BEGIN;
    for (int attempt = 2; attempt <= BuildRecord.MAXIMUM_ATTEMPTS; attempt++) {
      now = now.plus(BuildRecord.LEASE).plus(MOMENT);
      record = record.acquire(PLAN, now).orElseThrow();
      assertThat(record.state()).isInstanceOf(BuildState.Running.class);
    }
    now = now.plus(BuildRecord.LEASE).plus(MOMENT);
    record = record.acquire(PLAN, now).orElseThrow();
    assertThat(record.state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.DEFECT,
                Stage.QUEUED,
                "the builder stopped 3 times without saying why",
                now.plus(Duration.ofMinutes(1))));
    assertThat(record.acquire(PLAN, now.plus(Duration.ofMinutes(1))).orElseThrow().attempt())
        .isEqualTo(1);
  }

  @Test
  void anAbandonedBuildIsAnybodysAtOnceAndCountsNoAttempt() {
    BuildRecord abandoned = first.abandoned().orElseThrow();
    assertThat(abandoned.fence()).isEqualTo(1);
    BuildRecord again = abandoned.acquire(PLAN, BEGIN).orElseThrow();
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.fence()).isEqualTo(2);
    assertThat(again.ready(1, new BuildState.Ready(Builds.product(5), BEGIN))).isEmpty();
  }

  @Test
  void aLostObjectIsBuiltAgain() {
    BuildRecord ready =
        first.ready(1, new BuildState.Ready(Builds.product(5), BEGIN)).orElseThrow();
    BuildRecord lost = ready.lost(PLAN, BEGIN.plusSeconds(9));
    assertThat(lost.fence()).isEqualTo(2);
    assertThat(lost.attempt()).isEqualTo(1);
    assertThat(lost.state())
        .isEqualTo(new BuildState.Running(false, Progress.NONE, BEGIN.plusSeconds(29)));
  }

  @Test
  void onlyWhatIsReadyIsSeen() {
    BuildRecord ready =
        first.ready(1, new BuildState.Ready(Builds.product(5), BEGIN)).orElseThrow();
    assertThat(ready.seen(BEGIN.plusSeconds(7)).state())
        .isEqualTo(new BuildState.Ready(Builds.product(5), BEGIN.plusSeconds(7)));
    assertThat(first.seen(BEGIN.plusSeconds(7))).isEqualTo(first);
  }

  @Test
  void percentAreWholeAndAtMostAHundred() {
    assertThat(Progress.NONE.percent()).isZero();
    assertThat(HALF.percent()).isEqualTo(50);
    assertThat(new Progress(Stage.STORING, 999, 1000).percent()).isEqualTo(99);
    assertThat(new Progress(Stage.STORING, 2000, 1000).percent()).isEqualTo(100);
    assertThat(new Progress(Stage.STORING, 1L << 40, 1L << 41).percent()).isEqualTo(50);
  }
}
