package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
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
  void linksHaveTheExternalAddressWhereNoOtherIsGiven() {
    String loopback = "http://127.0.0.1:8080/";
    Optional<String> none = Optional.empty();
    Optional<String> external = Optional.of("https://images.example.com/talos/");
    Optional<String> plain = Optional.of("http://images.example.com/");
    assertThat(new Addresses(none, none, none).objectsOr(loopback)).isEqualTo(loopback);
    assertThat(new Addresses(none, plain, none).objectsOr(loopback))
        .isEqualTo("http://images.example.com/");
    assertThat(new Addresses(external, plain, none).objectsOr(loopback))
        .isEqualTo("https://images.example.com/talos/");
    assertThat(new Addresses(external, none, plain).objectsOr(loopback))
        .isEqualTo("http://images.example.com/");
  }
}
