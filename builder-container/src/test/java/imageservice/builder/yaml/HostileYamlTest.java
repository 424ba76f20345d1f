package imageservice.builder.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.yaml.YamlDocument.Author;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents that are made to take long or much memory.
@Timeout(60)
final class HostileYamlTest {
  private static final int LIMIT = 1 << 20;

  @Test
  void aliasesAreRefusedBeforeTheyMultiply() {
    String bomb =
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        """;
    assertRefused(bomb, "line 1: anchors and aliases are not used here");
    assertRefused(bomb, Author.PERSON, "line 2: the alias *a stands for no text");
    assertRefused("a: &a b", "line 1: anchors and aliases are not used here");
    assertRefused("a: *b", "line 1: anchors and aliases are not used here");
  }

  @Test
  void refusesWhatIsTooLong() throws MalformedYamlException {
    String text = "a: " + "x".repeat(97);
    for (Author author : Author.values()) {
      assertThat(YamlDocument.read(bytes(text), 100, author)).isPresent();
      assertThat(YamlDocument.read(text, 100, author)).isPresent();
    }
    assertThatThrownBy(() -> YamlDocument.read(bytes(text + "x"), 100, Author.PROGRAM))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage("101 bytes, at most 100");
    assertThatThrownBy(() -> YamlDocument.read(new byte[10 << 20], LIMIT, Author.PROGRAM))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage("10485760 bytes, at most 1048576");
    assertThatThrownBy(() -> YamlDocument.read("a: b\n".repeat(1000), 100, Author.PERSON))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage("The incoming YAML document exceeds the limit: 101 code points.");
  }

  @Test
  void nestsTwentyLevels() throws MalformedYamlException {
    assertThat(YamlDocument.read("[".repeat(20) + "x" + "]".repeat(20), LIMIT, Author.PROGRAM))
        .isPresent();
    for (String deeper : List.of("[".repeat(21), "[".repeat(21) + "]".repeat(21))) {
      assertRefused(deeper, "is nested deeper than 20 levels");
    }
    for (String deep : List.of("[", "{a: ", "- ")) {
      assertRefused(deep.repeat(100_000), Author.PERSON, "is nested deeper than 20 levels");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "é",
        " ",
        "#",
        "\n",
        "- a\n",
        "a,",
        "a: ",
        "!a ",
        "&a ",
        "*a ",
        "'",
        "\\",
        "%41",
        "? a\n",
        "---\n",
        "|\n",
        "a:\n",
        "\"",
        "%TAG !a! b\n",
        "@",
        "!%41"
      })
  void aDocumentFullOfOneThingIsReadOrRefused(String thing) {
    int size = 1 << 18;
    for (String start : List.of("", "[", "a: \"", "|\n ")) {
      readOrRefuse(bytes(start + thing.repeat(size / bytes(thing).length)));
    }
  }

  private static void readOrRefuse(byte[] document) {
    try {
      YamlDocument.read(document, LIMIT, Author.PERSON);
    } catch (MalformedYamlException e) {
      assertThat(e.getMessage()).hasLineCount(1);
    }
  }

  private static void assertRefused(String text, String message) {
    assertRefused(text, Author.PROGRAM, message);
  }

  private static void assertRefused(String text, Author author, String message) {
    assertThatThrownBy(() -> YamlDocument.read(text, LIMIT, author))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage(message);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
