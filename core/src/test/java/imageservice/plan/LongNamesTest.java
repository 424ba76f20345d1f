package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The longest names that a configuration can hold are compared with a catalogue in no longer than
/// their length needs. What takes time in the square of it takes minutes.
@Timeout(60)
final class LongNamesTest {
  private static final int LONGEST = 380_000;

  @ParameterizedTest
  @ValueSource(strings = {":", "@", "/", ":a", "@\n", "a"})
  void areCompared(String repeated) {
    String name = repeated.repeat(LONGEST / repeated.length()) + "/\n\n";
    assertThat(CloseNames.of(name, List.of("siderolabs/gvisor"))).isEmpty();
    assertThat(name).contains(CloseNames.bare(name));
  }
}
