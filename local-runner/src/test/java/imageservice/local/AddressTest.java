package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  @Test
  void endsInASlash() throws CommandException {
    assertThat(Address.parse("--external-url", "https://images.example.com"))
        .isEqualTo(Address.parse("--external-url", "https://images.example.com/"))
        .isEqualTo("https://images.example.com/");
    assertThat(Address.parse("--external-url", "http://10.0.2.2:8080/talos"))
        .isEqualTo("http://10.0.2.2:8080/talos/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "images.example.com", "ftp://a/", "https://", "https://a b/"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Address.parse("--external-url", text))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--external-url "
                + text
                + ": not an address; give one such as https://images.example.com/");
  }

  @Test
  void aHostHasNoPath() throws CommandException {
    assertThat(Address.host("--object-url", "http://10.0.2.2:9000/"))
        .isEqualTo(Address.host("--object-url", "http://10.0.2.2:9000"))
        .hasToString("http://10.0.2.2:9000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.2.2:9000", "http://a/b", "http://", "http://a?b", "http://u@a"})
  void refusesWhatIsNoHost(String text) {
    assertThatThrownBy(() -> Address.host("--object-url", text))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--object-url "
                + text
                + ": not a host's address; give one such as http://images.example.com:9000");
  }
}
