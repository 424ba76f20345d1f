package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.yaml.Runes;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CanonicalTextPropertyTest {
  private static final long SEED = 20_230_915;
  private static final int ROUNDS = 1_500;

  private final ConfigurationDecoder decoder = new ConfigurationDecoder(true);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whatIsWrittenIsReadBack(Dialect dialect) throws Exception {
    var configurations = new RandomConfigurations(SEED, false);
    int checked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Configuration configuration = configurations.next();
      if (texts(Outline.of(configuration)).noneMatch(isLost(dialect))) {
        String text = CanonicalText.write(configuration, dialect);
        Configuration again = decoder.decode(text.getBytes(UTF_8));
        assertThat(again).as("seed %d, round %d:%n%s", SEED, round, text).isEqualTo(configuration);
        assertThat(CanonicalText.write(again, dialect)).isEqualTo(text);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(ROUNDS / 10);
  }

  /// Texts whose canonical form cannot be read back: defects of the peer service's libraries that
  /// are part of the ids.
  private static Predicate<String> isLost(Dialect dialect) {
    return text ->
        hintIsWrong(text) || breaksMix(text) || (dialect == Dialect.Y3 && isLostInY3(text));
  }

  /// A literal block in a list says that it is indented by 4, and is indented by 2.
  private static boolean hintIsWrong(String text) {
    return text.indexOf('\n') >= 0 && (text.startsWith(" ") || Runes.isBreak(text.codePointAt(0)));
  }

  /// What follows U+2028 or U+2029 in a literal block is indented, and read so.
  private static boolean breaksMix(String text) {
    return text.indexOf('\n') >= 0 && (text.indexOf(0x2028) >= 0 || text.indexOf(0x2029) >= 0);
  }

  /// Y3 writes a merge key for the text `<<`.
  private static boolean isLostInY3(String text) {
    return text.equals("<<");
  }

  private static Stream<String> texts(Outline outline) {
    return switch (outline) {
      case Outline.Branch(List<Outline.Field> fields) ->
          fields.stream()
              .flatMap(f -> Stream.concat(texts(new Outline.Leaf(f.key())), texts(f.value())));
      case Outline.Series(List<Outline> items) ->
          items.stream().flatMap(CanonicalTextPropertyTest::texts);
      case Outline.Leaf(OptionValue.Scalar scalar) -> Stream.of(ScalarText.of(scalar));
    };
  }
}
