package imageservice.functions.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The longest documents take no longer than their length needs. What takes time in the square of
/// it takes minutes.
@Timeout(60)
final class LongDocumentsTest {
  private static final int LONGEST = 1 << 20;

  private final TestService service = new TestService();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x", "#", " ", "\"", "'", ":", "a:", "a: ", "a ", "- ", "? ", "?\n", "[", "{", "{[", "|\n",
        "-", "%", "!", "&a ", "*", "\t", "\\", "\n", "\r", "---\n", "\u00e9", "%3A"
      })
  void areAnswered(String repeated) {
    String document = repeated.repeat(LONGEST / repeated.length() / 2);
    assertThat(service.send("POST", "/schematics", Map.of(), document).status()).isIn(201, 400);
  }
}
