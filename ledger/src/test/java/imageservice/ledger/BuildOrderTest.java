package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuildOrderTest {
  private static final BuildOrder ORDER = new BuildOrder(Builds.ADDRESS, 7, Builds.PLAN);

  @Test
  void isReadBack() throws MalformedJsonException {
    assertThat(BuildOrder.parse(ORDER.toJson())).isEqualTo(ORDER);
  }

  @Test
  void passesOverFieldsOfALaterVersion() throws MalformedJsonException {
    assertThat(BuildOrder.parse(ORDER.toJson().replace("{", "{\"more\":[1],"))).isEqualTo(ORDER);
  }

  @Test
  void isShortWhateverTheFileIsCalled() {
    BuildOrder longest =
        new BuildOrder(Builds.address("x".repeat(255)), Long.MAX_VALUE, Builds.PLAN);
    assertThat(longest.toJson().getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(BuildOrder.LARGEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"fence\":7 | \"fence\":\"7\" | fence: not an integer",
        "\"plan\" | \"plam\" | plan: missing",
        "talosctl/ | talosctl/x/ | address: not an asset's address: g1a2b3c4d/talosctl/x/v1.11.0/talosctl-linux-amd64",
      })
  void refusesAnythingElse(String part, String other, String message) {
    assertThatThrownBy(() -> BuildOrder.parse(ORDER.toJson().replace(part, other)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  @Test
  void refusesAKeyThatIsNone() {
    assertThatThrownBy(() -> BuildOrder.parse(ORDER.toJson().replace(Builds.PLAN.hex(), "abc")))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("plan: not an asset key: abc");
  }
}
