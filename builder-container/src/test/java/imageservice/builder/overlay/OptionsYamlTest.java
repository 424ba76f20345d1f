package imageservice.builder.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsYamlTest {
  @Test
  void argumentsAreTheTextsThatArePrinted() {
    assertThat(
            arguments(
                """
                name: rpi_generic
                kernelArgs:
                    - console=tty0
                    - "quoted #1"
                    - 0x10
                    - 1.10
                    - on
                    - ~
                partitionOptions:
                    offset: 8
                """))
        .contains(List.of("console=tty0", "quoted #1", "0x10", "1.10", "on", "~"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name: a\n", "{}", "kernelArgs: []"})
  void thereMayBeNone(String text) {
    assertThat(arguments(text)).contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "- a",
        "kernelArgs: a",
        "kernelArgs:\n",
        "kernelArgs: [[a]]",
        "kernelArgs: [\"a\\tb\"]",
        "kernelArgs: [a]\nkernelArgs: [a]\n",
        "kernelArgs: &a [b]",
        "kernelArgs: [a]\n---\n",
        "kernelArgs: ["
      })
  void anythingElseIsNoOptions(String text) {
    assertThat(arguments(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'partitionOptions: {offset: 20480}', 20480",
    "'partitionOptions: {offset: 262144}', 262144",
    "'partitionOptions: {}', 0",
    "'name: a', 0"
  })
  void sectorsAreSkippedWhereThatIsPrinted(String text, int skip) {
    assertThat(options(text).map(OverlayOptions::skip)).contains(skip);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "a", "{offset: -1}", "{offset: 262145}", "{offset: 1.5}", "{offset: [1]}"})
  void whatIsNoNumberOfSectorsIsNoOptions(String partitions) {
    assertThat(options("partitionOptions: " + partitions)).isEmpty();
  }

  private static Optional<List<String>> arguments(String text) {
    return options(text).map(OverlayOptions::kernelArguments);
  }

  private static Optional<OverlayOptions> options(String text) {
    return OptionsYaml.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
