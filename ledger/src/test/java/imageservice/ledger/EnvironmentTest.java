package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  @Test
  void readsNumbersAndRefusesWhatIsNone() {
    Environment environment = new Environment(Map.of("A", " 15 ", "B", "1h", "C", ""));
    assertThat(environment.number("A")).contains(15L);
    assertThat(environment.number("C")).isEmpty();
    assertThatThrownBy(() -> environment.number("B"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("B: not a number: 1h");
  }

  @Test
  void logsMeasureInAStackAlone() {
    assertThat(logged(Map.of())).isEqualTo("{}");
    assertThat(logged(Map.of("STACK_NAME", "stack-1")))
        .startsWith("{\"Stack\":\"stack-1\",\"Builds\":1,");
  }

  private static String logged(Map<String, String> variables) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Environment(variables)
        .lines(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> Instant.EPOCH)
        .write(JsonText.object(), Map.of(Metric.BUILDS, 1L));
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
