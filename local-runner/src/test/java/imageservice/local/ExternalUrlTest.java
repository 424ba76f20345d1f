package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExternalUrlTest {
  @Test
  void endsInASlash() throws CommandException {
    assertThat(ExternalUrl.parse("https://images.example.com"))
        .isEqualTo(ExternalUrl.parse("https://images.example.com/"))
        .isEqualTo("https://images.example.com/");
    assertThat(ExternalUrl.parse("http://10.0.2.2:8080/talos"))
        .isEqualTo("http://10.0.2.2:8080/talos/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "images.example.com", "ftp://a/", "https://", "https://a b/"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> ExternalUrl.parse(text))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "--external-url "
                + text
                + ": not an address; give one such as https://images.example.com/");
  }
}
