package imageservice.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownTest {
  @Test
  void whatCanBePrintedStaysAsItIs() {
    assertThat(Shown.of("Grüße, 日本 😀 \"x\"", 100)).isEqualTo("Grüße, 日本 😀 \"x\"");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    assertThat(Shown.of("abc", 3)).isEqualTo("abc");
    assertThat(Shown.of("abcd", 3)).isEqualTo("abc…");
    assertThat(Shown.of("😀😀😀", 2)).isEqualTo("😀😀…");
  }

  /// Escapes of terminals, in seven bits and in eight; ends of lines; marks of direction; what
  /// takes no place; half a character.
  @ParameterizedTest
  @ValueSource(
      ints = {0x00, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x200B, 0x202E, 0x2028, 0x2066, 0xD800})
  void whatCommandsATerminalIsReplaced(int character) {
    assertThat(Shown.of("a" + Character.toString(character) + "b", 10)).isEqualTo("a?b");
  }
}
