package imageservice.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class YamlReaderTest {
  private static final long SEED = 20261124L;
  private static final int LIMIT = 1000;

  @Test
  void readsWhatIsThereInItsOrder() throws MalformedYamlException {
    assertThat(YamlReader.read(bytes("b: 12\na: ['1', two]\nc: |\n  text\n"), LIMIT))
        .contains(
            new YamlNode.Mapping(
                List.of(
                    field("b", new YamlNode.Word("12")),
                    field(
                        "a",
                        new YamlNode.Sequence(
                            List.of(new YamlNode.Text("1"), new YamlNode.Word("two")))),
                    field("c", new YamlNode.Text("text\n")))));
  }

  @Test
  void readsKeysThatAreTooLongForOneLine() throws MalformedYamlException {
    String key = "k".repeat(200);
    assertThat(YamlReader.read(bytes("? " + key + "\n: v\n"), LIMIT))
        .contains(new YamlNode.Mapping(List.of(field(key, new YamlNode.Word("v")))));
  }

  @Test
  void nothingIsNoDocument() throws MalformedYamlException {
    assertThat(YamlReader.read(bytes(""), LIMIT)).isEmpty();
    assertThat(YamlReader.read(bytes("# only a comment\n"), LIMIT)).isEmpty();
  }

  @Test
  void aliasesAreRefusedBeforeTheyMultiply() {
    assertRefused(
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        """,
        "line 1: anchors and aliases are not used here");
    assertRefused("a: *b", "line 1: anchors and aliases are not used here");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertRefused("a: 1\nb: 2\na: 3\n", "line 3: the key a is there twice");
    assertRefused("[x]: 1", "line 1: a key that is no text");
    assertRefused("a: 1\n---\nb: 2\n", "line 2: a second document");
    assertRefused(
        "a: 1\n\tb: 2\n",
        "line 2: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
    assertRefused("[".repeat(30), "line 1: nested deeper than 20 levels");
    assertRefused("a: " + "x".repeat(LIMIT), "1003 bytes, at most 1000");
    assertThatThrownBy(() -> YamlReader.read(new byte[] {'a', (byte) 0xFF}, LIMIT))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage("not UTF-8");
  }

  @Test
  void onlyMalformedYamlEscapes() {
    Random random = new Random(SEED);
    byte[] seedling =
        bytes("a: [1, 'two', \"x\\u0041\"]\n? |\n  b\n: {c: !!str d, e: &f ~}\n# g\n");
    String syntax = "\t\n \"'[]{}&*!|>%@`:?-,#\\~\0\ufeff";
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = seedling.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        changed[random.nextInt(changed.length)] =
            random.nextInt(8) == 0
                ? (byte) random.nextInt()
                : (byte) syntax.charAt(random.nextInt(syntax.length()));
      }
      try {
        YamlReader.read(changed, LIMIT);
      } catch (MalformedYamlException e) {
        refused++;
        assertThat(e.getMessage()).hasLineCount(1);
      } catch (RuntimeException e) {
        fail("seed %d, round %d".formatted(SEED, round), e);
      }
    }
    assertThat(refused).as("seed %d", SEED).isPositive();
  }

  private static YamlNode.Field field(String key, YamlNode value) {
    return new YamlNode.Field(new YamlNode.Word(key), value);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> YamlReader.read(bytes(text), LIMIT))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage(message);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
