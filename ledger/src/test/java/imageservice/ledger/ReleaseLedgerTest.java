package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReleaseLedgerTest {
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
    assertThat(ledger.isPresent()).isTrue();
    ledger.write(INDEX);
    assertThat(ledger.read()).isEqualTo(INDEX);
  }

  @Test
  void theSameIndexIsNoChange() throws IOException {
    ledger.write(INDEX);
    ledger.write(INDEX);
    assertThat(table.find("releases").orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void anIndexThatCannotBeReadIsSaid() {
    table.create("releases", "{\"releases\":1}");
    assertThatThrownBy(ledger::read)
        .isInstanceOf(IOException.class)
        .hasMessage("index of releases: releases: not a list");
  }
}
