package imageservice.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class MeaningTest {
  private final IdRule plain = new IdRule.Plain();

  static Stream<Map<String, Object>> canonicalTexts() {
    return Vectors.canonicalTexts().stream();
  }

  /// Where the two differ, one of them refuses: we read tabs at the start of a literal block, and
  /// refuse U+2028 in one.
  @ParameterizedTest
  @MethodSource("canonicalTexts")
  void aTextMeansWhatTheReferenceReads(Map<String, Object> vector) {
    String text = Vectors.text(vector, "text");
    String posted = Vectors.text(vector, "posted");
    @Nullable Object reads = vector.get("reads");
    Optional<Configuration> meaning = meaning(text);
    if (reads != null && meaning.isPresent()) {
      assertThat(values(meaning.get(), Vectors.text(vector, "field"))).contains(reads.toString());
    } else if (reads == null && meaning.isPresent()) {
      assertThat(posted).contains("\t");
      assertThat(values(meaning.get(), Vectors.text(vector, "field"))).contains(posted);
    } else if (reads != null) {
      assertThat(posted).contains("\u2028");
    }
  }

  private static List<String> values(Configuration configuration, String field) {
    return switch (field) {
      case "embedded" -> List.of(configuration.customization().embeddedMachineConfiguration());
      case "arg" -> configuration.customization().extraKernelArgs();
      case "meta" -> configuration.customization().meta().stream().map(MetaValue::value).toList();
      default -> Leaves.of(configuration).stream().map(Leaves.Leaf::text).toList();
    };
  }

  /// Whoever posts a configuration is told of a change exactly where there is one, and all its ids
  /// mean what they meant for others.
  @ParameterizedTest
  @EnumSource(ShortTexts.Place.class)
  void equalIdsMeanTheSameAndChangesAreTold(ShortTexts.Place place) {
    Map<ConfigurationId, Configuration> meanings = new HashMap<>();
    for (String text : literals(3)) {
      Configuration posted = ShortTexts.at(place, text);
      forms(posted, Dialect.PRIMARY)
          .ifPresent(forms -> {
            forms.all().forEach(named -> assertSame(meanings, named));
            assertThat(forms.change(posted).isEmpty())
                .as(text)
                .isEqualTo(forms.primary().configuration().equals(posted));
          });
    }
  }

  private static void assertSame(
      Map<ConfigurationId, Configuration> meanings, NamedConfiguration named) {
    Configuration earlier = meanings.putIfAbsent(named.id(), named.configuration());
    assertThat(named.configuration()).isEqualTo(earlier == null ? named.configuration() : earlier);
  }

  /// The oldest dialect gives many configurations an id of others. Of those that share one, at most
  /// one is not told of a change.
  @ParameterizedTest
  @EnumSource(ShortTexts.Place.class)
  void ofSeveralConfigurationsWithOneIdOneIsMeant(ShortTexts.Place place) {
    Map<String, List<Configuration>> byText =
        literals(4).stream()
            .map(text -> ShortTexts.at(place, text))
            .collect(Collectors.groupingBy(posted -> CanonicalText.write(posted, Dialect.Y3)));
    byText.values().removeIf(alike -> alike.size() == 1);
    byText.values().forEach(this::assertOneIsMeant);
    assertThat(byText).isNotEmpty();
  }

  private void assertOneIsMeant(List<Configuration> alike) {
    List<CanonicalForms> forms =
        alike.stream().flatMap(posted -> forms(posted, Dialect.Y3).stream()).toList();
    assertThat(forms.stream().map(CanonicalForms::primary).distinct()).hasSizeLessThan(2);
    assertThat(
            IntStream.range(0, forms.size())
                .filter(i -> forms.get(i).change(alike.get(i)).isEmpty()))
        .hasSizeLessThan(2);
  }

  private static List<String> literals(int length) {
    return ShortTexts.upTo(length).stream().filter(MeaningTest::mayBeLiteral).toList();
  }

  /// Texts without line feeds are never literal blocks, the only ones that lose anything.
  private static boolean mayBeLiteral(String text) {
    return text.indexOf('\n') >= 0;
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void textsWithoutLineFeedsReadBackAsTheyWerePosted(Dialect dialect) throws Exception {
    List<String> texts = ShortTexts.upTo(4).stream().filter(text -> !mayBeLiteral(text)).toList();
    for (int from = 0; from < texts.size(); from += Limits.LIST_ITEMS) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + Limits.LIST_ITEMS));
      String text = CanonicalText.write(withArguments(some), dialect);
      assertThat(Meaning.of(text).customization().extraKernelArgs()).isEqualTo(some);
    }
  }

  private static Configuration withArguments(List<String> arguments) {
    return new Configuration(
        "",
        Overlay.NONE,
        new Customization(
            "",
            arguments,
            List.of(),
            List.of(),
            null,
            SecureBootOptions.DEFAULTS,
            DiskImageOptions.DEFAULTS));
  }

  @Test
  void aChangeNamesItsField() throws Exception {
    Configuration posted = ShortTexts.at(ShortTexts.Place.META, " #\n");
    assertThat(CanonicalForms.of(posted, plain, Dialect.PRIMARY).change(posted).orElseThrow())
        .startsWith("customization.meta[0].value reads back changed: ids are made as the peer");
  }

  @Test
  void whatCannotBeReadBackIsRefused() {
    Configuration posted = ShortTexts.at(ShortTexts.Place.META, " a\n");
    assertThatThrownBy(() -> CanonicalForms.of(posted, plain, Dialect.PRIMARY))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith(
            "the configuration's canonical text cannot be read back, so nothing could be built for"
                + " its id: write texts of several lines without blanks or line breaks at their"
                + " start, and without U+2028 and U+2029 (yaml: load error");
  }

  @Test
  void olderTextsThatCannotBeReadBackAreLeftOut() throws Exception {
    Configuration posted = ShortTexts.at(ShortTexts.Place.ARGUMENT, "\na");
    CanonicalForms forms = CanonicalForms.of(posted, plain, Dialect.PRIMARY);
    assertThat(forms.primary().configuration()).isEqualTo(posted);
    assertThat(forms.others()).isEmpty();
    assertThat(CanonicalText.write(posted, Dialect.Y4A)).isNotEqualTo(forms.primary().text());
  }

  private Optional<CanonicalForms> forms(Configuration posted, Dialect dialect) {
    try {
      return Optional.of(CanonicalForms.of(posted, plain, dialect));
    } catch (InvalidConfigurationException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Configuration> meaning(String text) {
    try {
      return Optional.of(Meaning.of(text));
    } catch (InvalidConfigurationException unreadable) {
      return Optional.empty();
    }
  }
}
