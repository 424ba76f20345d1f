package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CanonicalTextTest {
  /// Documents that the peer service refuses and we accept, on purpose, with the text they get.
  private static final Map<String, String> ACCEPTED_HERE =
      Map.ofEntries(
          // `auto` is documented as "not set", and then refused.
          Map.entry("customization: {bootloader: auto}", "customization: {}\n"),
          // YAML 1.2 is the current version of the language.
          Map.entry("%YAML 1.2\n---\ncustomization: {}\n", "customization: {}\n"),
          Map.entry("%YAML 1.2\n---\n{}", "customization: {}\n"),
          // JSON escapes: JSON is read as JSON, and YAML's escapes have surrogate pairs too.
          Map.entry(
              "{\"customization\":{\"extraKernelArgs\":[\"\\/x\",\"\\ud83d\\ude00\"]}}",
              "customization:\n    extraKernelArgs:\n        - /x\n        - \"\\U0001F600\"\n"),
          Map.entry(
              "customization: {extraKernelArgs: [\"\\/x\"]}",
              "customization:\n    extraKernelArgs:\n        - /x\n"),
          Map.entry(
              "customization: {extraKernelArgs: [\"\\ud83d\\ude00\"]}",
              "customization:\n    extraKernelArgs:\n        - \"\\U0001F600\"\n"),
          // A plain timestamp is a text where a text is wanted, as it was until 1.4.
          Map.entry(
              "customization: {meta: [{key: 1, value: 2024-01-01}]}",
              "customization:\n    meta:\n        - key: 1\n          value: \"2024-01-01\"\n"),
          Map.entry(
              "customization: {extraKernelArgs: [2024-01-01]}",
              "customization:\n    extraKernelArgs:\n        - \"2024-01-01\"\n"),
          Map.entry(
              "customization: {extraKernelArgs: [2024-01-01T00:00:00Z]}",
              "customization:\n    extraKernelArgs:\n        - \"2024-01-01T00:00:00Z\"\n"),
          Map.entry(
              "overlay: {options: {2024-01-01: e}}",
              """
              overlay:
                  image: ""
                  name: ""
                  options:
                      "2024-01-01": e
              customization: {}
              """));

  /// Documents that some old releases of the peer service accept and we refuse, in every dialect:
  /// 10.5 is no META key, though it was truncated until 1.0.
  private static final List<String> REFUSED_HERE =
      List.of("customization: {meta: [{key: 10.5, value: a}]}");

  private final ConfigurationDecoder decoder = new ConfigurationDecoder(true);
  private final IdRule plain = new IdRule.Plain();

  static Stream<Map<String, Object>> upstreamIds() {
    return Vectors.section("upstream_ids").stream();
  }

  @ParameterizedTest
  @MethodSource("upstreamIds")
  void everyKnownIdIsReproduced(Map<String, Object> vector) throws Exception {
    Configuration configuration = decoder.decode(Vectors.bytes(vector, "document"));

    String text = CanonicalText.write(configuration, Dialect.PRIMARY);

    assertThat(text).isEqualTo(Vectors.text(vector, "canonical"));
    assertThat(plain.id(text).hex()).isEqualTo(Vectors.text(vector, "id"));
  }

  static Stream<Map<String, Object>> hmacIds() {
    return Vectors.section("hmac_ids").stream();
  }

  @ParameterizedTest
  @MethodSource("hmacIds")
  void everyKnownKeyedIdIsReproduced(Map<String, Object> vector) throws Exception {
    byte[] key = HexFormat.of().parseHex(Vectors.text(vector, "keyHex"));
    Configuration configuration = decoder.decode(Vectors.bytes(vector, "document"));

    String text = CanonicalText.write(configuration, Dialect.PRIMARY);

    assertThat(IdRule.Keyed.of(key).id(text).hex()).isEqualTo(Vectors.text(vector, "id"));
  }

  static Stream<Arguments> documents() {
    return Stream.of("documents", "options")
        .flatMap(section -> Vectors.section(section).stream())
        .flatMap(CanonicalTextTest::inEachDialect);
  }

  private static Stream<Arguments> inEachDialect(Map<String, Object> vector) {
    return Arrays.stream(Dialect.values()).map(dialect -> Arguments.of(dialect, vector));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyDocumentHasItsTextInEachDialect(Dialect dialect, Map<String, Object> vector)
      throws Exception {
    String document = Vectors.text(vector, "document");
    Vectors.Form form = Vectors.form(Vectors.inDialect(vector, dialect));
    if (ACCEPTED_HERE.containsKey(document)) {
      assertThat(write(document, dialect)).isEqualTo(ACCEPTED_HERE.get(document));
    } else if (form.canonical() == null || REFUSED_HERE.contains(document)) {
      assertThatThrownBy(() -> write(document, dialect))
          .isInstanceOf(InvalidConfigurationException.class);
    } else {
      String text = write(document, dialect);
      assertThat(text).isEqualTo(form.canonical());
      assertThat(plain.id(text).hex()).isEqualTo(form.id());
    }
  }

  private String write(String document, Dialect dialect) throws InvalidConfigurationException {
    return CanonicalText.write(decoder.decode(document.getBytes(UTF_8)), dialect);
  }

  static Stream<Arguments> strings() {
    return Vectors.section("strings").stream().flatMap(CanonicalTextTest::inEachDialect);
  }

  @ParameterizedTest
  @MethodSource("strings")
  void everyStringIsQuotedAsEachDialectQuotesIt(Dialect dialect, Map<String, Object> vector) {
    Map<String, Object> expected = Vectors.inDialect(vector, dialect);

    String text = CanonicalText.write(withArgument(Vectors.text(vector, "string")), dialect);

    assertThat(text)
        .isEqualTo(
            "customization:\n    extraKernelArgs:\n        - " + Vectors.text(expected, "item"));
    assertThat(plain.id(text).hex()).isEqualTo(Vectors.text(expected, "id"));
  }

  private static Configuration withArgument(String argument) {
    return new Configuration(
        "",
        Overlay.NONE,
        new Customization(
            "",
            List.of(argument),
            List.of(),
            List.of(),
            null,
            SecureBootOptions.DEFAULTS,
            DiskImageOptions.DEFAULTS));
  }

  static Stream<Map<String, Object>> referenceConfigurations() {
    return Vectors.configurations().stream();
  }

  @ParameterizedTest
  @MethodSource("referenceConfigurations")
  void wholeConfigurationsGetTheReferencesTextsAndIds(Map<String, Object> vector) throws Exception {
    String text = write(Vectors.text(vector, "document"), Dialect.Y4C);

    assertThat(text).isEqualTo(Vectors.text(vector, "canonical"));
    assertThat(plain.id(text).hex()).isEqualTo(Vectors.text(vector, "id"));
  }

  static Stream<Map<String, Object>> answers() {
    return Vectors.answers().stream().filter(answer -> answer.containsKey("id"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void acceptedDocumentsGetTheReferencesTextsAndIds(Map<String, Object> answer) throws Exception {
    String text = write(Vectors.text(answer, "body"), Dialect.Y4C);

    assertThat(text).isEqualTo(Vectors.text(answer, "canonical"));
    assertThat(plain.id(text).hex()).isEqualTo(Vectors.text(answer, "id"));
  }

  @Test
  void documentsAcceptedOnPurposeGetTheirText() throws Exception {
    for (Map.Entry<String, String> entry : ACCEPTED_HERE.entrySet()) {
      assertThat(write(entry.getKey(), Dialect.Y4C)).isEqualTo(entry.getValue());
    }
  }

  @Test
  void timestampKeysComeAfterTexts() throws Exception {
    assertThat(write("overlay: {options: {x: {2024-01-01: a, z: b, null: c, 9: d}}}", Dialect.Y4C))
        .contains(
            """
                        9: d
                        null: c
                        z: b
                        2024-01-01T00:00:00Z: a
            """);
  }

  @Test
  void aCollectionUnderAComplexKeyIsIndentedAsUnderASimpleOne() throws Exception {
    assertThat(write("{\"overlay\":{\"options\":{\"a\\nb\":{\"c\":[1]}}}}", Dialect.Y4C))
        .contains(
            "        ? |-\n            a\n            b\n        :   c:\n                - 1\n");
  }
}
