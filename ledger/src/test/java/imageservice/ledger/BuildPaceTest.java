package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetKind;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BuildPaceTest {
  private final MemoryItemTable table = new MemoryItemTable();
  private final BuildPace pace = new BuildPace(table);

  @Test
  void theFirstBuildIsTheMeanAndLaterOnesMoveIt() throws IOException {
    assertThat(pace.read()).isEmpty();
    pace.note(AssetKind.ISO, Duration.ofSeconds(8));
    pace.note(AssetKind.UKI, Duration.ofMillis(100));
    assertThat(pace.read()).containsEntry(AssetKind.ISO, Duration.ofSeconds(8)).hasSize(2);
    pace.note(AssetKind.ISO, Duration.ofSeconds(4));
    assertThat(pace.read())
        .containsEntry(AssetKind.ISO, Duration.ofSeconds(7))
        .containsEntry(AssetKind.UKI, Duration.ofMillis(100));
  }

  @Test
  void kindsOfAnotherVersionAreLeftOut() throws IOException {
    table.create("pace", "{\"ISO\":5000,\"HOLOGRAM\":7}");
    assertThat(pace.read()).containsOnlyKeys(AssetKind.ISO);
  }

  @Test
  void aDamagedItemIsWrittenAnew() throws IOException {
    table.create("pace", "{\"ISO\":\"soon\"");
    assertThat(pace.read()).isEmpty();
    pace.note(AssetKind.ISO, Duration.ofSeconds(1));
    assertThat(pace.read()).containsOnlyKeys(AssetKind.ISO);
  }
}
