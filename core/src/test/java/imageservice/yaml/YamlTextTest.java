package imageservice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Folding follows libyaml's emitter, which go-yaml is: a line is folded at the first single blank
/// that comes after more than 80 characters.
final class YamlTextTest {
  private static final long SEED = 80L;

  @Test
  void foldsAtTheFirstBlankBehindColumn80() {
    String words = "x".repeat(77); // with "a: " 80 characters
    assertThat(folded(words + " yy zz")).isEqualTo("a: " + words + " yy\n    zz\n");
    assertThat(folded(words + "x yy zz")).isEqualTo("a: " + words + "x\n    yy zz\n");
  }

  @Test
  void countsCharactersAndNotBytes() {
    String words = "\u00e9".repeat(77);
    assertThat(folded(words + " yy zz")).isEqualTo("a: " + words + " yy\n    zz\n");
  }

  @Test
  void neverFoldsUnlessTold() {
    String text = "word ".repeat(40).strip();
    assertThat(YamlText.write(document(text), Dialect.PRIMARY, Folding.NEVER))
        .isEqualTo("a: " + text + "\n");
  }

  @Test
  void leavesSeveralBlanksOfUnquotedTextsTogether() {
    String words = "x".repeat(78);
    assertThat(folded(words + "  yy zz")).isEqualTo("a: " + words + "  yy\n    zz\n");
  }

  @Test
  void foldsSingleQuotes() {
    String words = ">" + "x".repeat(78);
    assertThat(folded(words + " yy")).isEqualTo("a: '" + words + "\n    yy'\n");
  }

  @Test
  void foldsDoubleQuotesAndKeepsTheBlanksBehind() {
    String words = "\u0007" + "x".repeat(78);
    assertThat(folded(words + "  yy")).isEqualTo("a: \"\\a" + "x".repeat(78) + "\n    \\ yy\"\n");
  }

  @Test
  void leavesLiteralBlocksAlone() {
    String line = "word ".repeat(40).strip();
    assertThat(folded(line + "\n")).isEqualTo("a: |\n    " + line + "\n");
  }

  @Test
  void isReadBackAsItWas() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      String text = text(random);
      assertThat(new Load(LoadSettings.builder().build()).loadFromString(folded(text)))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(Map.of("a", text));
    }
  }

  private static String text(Random random) {
    String runes = "abc:#'\"\\ -    \u00e9\u0007>";
    StringBuilder text = new StringBuilder("'>ab".substring(random.nextInt(4)));
    int length = random.nextInt(300);
    for (int i = 0; i < length; i++) {
      text.append(runes.charAt(random.nextInt(runes.length())));
    }
    return text.toString();
  }

  private static String folded(String text) {
    return YamlText.write(document(text), Dialect.PRIMARY, Folding.BEHIND_COLUMN_80);
  }

  private static YamlNode.Mapping document(String text) {
    return new YamlNode.Mapping(List.of(YamlNode.Field.of("a", text)));
  }
}
