package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:8080/, false",
    "127.0.0.2, http://127.0.0.2:8080/, false",
    "::1, http://[0:0:0:0:0:0:0:1]:8080/, false",
    "192.168.1.5, http://192.168.1.5:8080/, true",
    "0.0.0.0, http://127.0.0.1:8080/, true",
    "::, http://127.0.0.1:8080/, true"
  })
  void hasAUrlAndAWarningWhereOthersReachIt(String text, String url, boolean warns)
      throws CommandException {
    ListenAddress address = ListenAddress.parse(text, 0);
    assertThat(address.url("http", 8080)).isEqualTo(url);
    assertThat(address.warning(false).isPresent()).isEqualTo(warns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "192.168.1", "192.168.1.5:80", "*", "300.1.1.1"})
  void takesNumbersAlone(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text, 0))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--listen %s: not an IP address of this machine, such as 192.168.1.5, or 0.0.0.0 for all that it has"
                .formatted(text));
  }

  /// From the addresses that are kept for documentation (RFC 5737).
  @Test
  void anAddressOfAnotherMachineIsNone() throws CommandException {
    ListenAddress other = ListenAddress.parse("192.0.2.1", 0);
    assertThatThrownBy(() -> Gateway.bind(other, Gateway.Limits.STANDARD))
        .isInstanceOf(CommandException.class)
        .hasMessage("--listen 192.0.2.1: this machine does not have that address");
  }

  @Test
  void everyAddressNeedsOneForClients() {
    assertThat(Main.run("serve", "--listen", "0.0.0.0", "--insecure-sources")).isOne();
  }
}
