package imageservice.ledger;

import static imageservice.ledger.Builds.ADDRESS;
import static imageservice.ledger.Builds.ASSET;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Places in the queue, and acquisitions that are taken back.
final class BuildQueueTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MemoryItemTable table = new MemoryItemTable();
  private final BuildLedger ledger = new BuildLedger(table);

  @Test
  void placesFollowTheOrderInWhichTheyAreAskedFor() throws IOException {
    for (int i = 1; i <= 3; i++) {
      order(i);
      assertThat(place(i)).hasValue(i);
    }
    assertThat(place(2)).hasValue(2);
    ledger.claim(address(1), 1, NOW);
    assertThat(place(1)).isEmpty();
    assertThat(place(2)).hasValue(1);
    assertThat(place(3)).hasValue(2);
  }

  @Test
  void anOrderThatNoBuilderEverTakesPushesNobodyBack() throws IOException {
    for (int i = 1; i <= 3; i++) {
      order(i);
      place(i);
    }
    ledger.claim(address(3), 1, NOW);
    order(4);
    assertThat(place(4)).hasValue(1);
    assertThat(place(1)).hasValue(1);
  }

  @Test
  void anOrderWithoutAWaiterCostsNoNumber() throws IOException {
    order(1);
    assertThat(ledger.claim(address(1), 1, NOW)).isTrue();
    assertThat(table.find("queue#tickets")).isEmpty();
    assertThat(table.find("queue#taken")).isEmpty();
  }

  @Test
  void anOrderIsGivenAThirdTimeOnlyWhereABuilderHasTakenAnotherSince() throws IOException {
    order(1);
    Instant second = NOW.plus(PATIENCE).plusSeconds(1);
    Instant third = second.plus(PATIENCE).plusSeconds(1);
    assertThat(ledger.acquire(Builds.planned(address(1)), second, PATIENCE).acquired()).isTrue();
    order(2);
    place(2);
    ledger.claim(address(2), 1, second);
    assertThat(ledger.acquire(Builds.planned(address(1)), third, PATIENCE).acquired()).isTrue();
  }

  @Test
  void whatIsTakenBackIsAsItWasBefore() throws IOException {
    BuildLedger.Acquisition first = ledger.acquire(ASSET, NOW, PATIENCE);
    ledger.withdraw(first, NOW);
    assertThat(ledger.find(ADDRESS)).isEmpty();
    ledger.acquire(ASSET, NOW, PATIENCE);
    ledger.fail(ADDRESS, 1, FailureKind.SOURCE, "why", NOW);
    BuildRecord failed = ledger.find(ADDRESS).orElseThrow();
    BuildLedger.Acquisition second = ledger.acquire(ASSET, NOW.plusSeconds(9), PATIENCE);
    assertThat(second.acquired()).isTrue();
    ledger.withdraw(second, NOW);
    assertThat(ledger.find(ADDRESS)).contains(failed);
  }

  @Test
  void whatHasGotAPlaceMeanwhileIsTakenBackAllTheSame() throws IOException {
    BuildLedger.Acquisition first = ledger.acquire(ASSET, NOW, PATIENCE);
    ledger.place(first.record(), NOW);
    ledger.withdraw(first, NOW);
    assertThat(ledger.find(ADDRESS)).isEmpty();
  }

  @Test
  void whatABuilderHasTakenIsNotTakenBack() throws IOException {
    BuildLedger.Acquisition first = ledger.acquire(ASSET, NOW, PATIENCE);
    ledger.claim(ADDRESS, 1, NOW);
    ledger.withdraw(first, NOW);
    assertThat(ledger.find(ADDRESS).orElseThrow().state()).isInstanceOf(BuildState.Running.class);
  }

  @Test
  void recordsExpireAndTheQueueDoesNot() throws IOException {
    order(1);
    place(1);
    ledger.claim(address(1), 1, NOW.plusSeconds(5));
    assertThat(table.expiries)
        .containsEntry(BuildLedger.key(address(1)), NOW.plusSeconds(5).plus(Retention.RECORD))
        .containsEntry("queue#taken", ItemTable.NEVER);
  }

  @Test
  void noLinkOutlivesItsObject() {
    Duration link = Duration.ofHours(1);
    Duration lazyRemoval = Duration.ofDays(2);
    assertThat(Retention.FRESH.plus(Retention.RECORD).plus(link).plus(lazyRemoval))
        .isLessThan(Retention.OBJECT);
  }

  private void order(int number) throws IOException {
    assertThat(ledger.acquire(Builds.planned(address(number)), NOW, PATIENCE).acquired()).isTrue();
  }

  private OptionalLong place(int number) throws IOException {
    return ledger.place(ledger.find(address(number)).orElseThrow(), NOW);
  }

  private static AssetAddress address(int number) {
    return Builds.address("talosctl-linux-" + number);
  }
}
