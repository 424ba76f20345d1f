package imageservice.configuration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.InvalidConfigurationException.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigurationDecoderTest {
  /// Refusals of the reference whose words are its YAML library's: ours are our library's.
  private static final String LIBRARY_REFUSAL = "go-yaml load error";

  /// Documents that the reference refuses and we accept; CanonicalTextTest has the reasons.
  private static final Set<String> ACCEPTED_HERE =
      Set.of(
          "customization: {bootloader: auto}",
          "overlay: {options: {2024-01-01: e}}",
          "%YAML 1.2\n---\n{}",
          "{\"customization\":{\"extraKernelArgs\":[\"\\/x\",\"\\ud83d\\ude00\"]}}");

  /// The reference notices the wrong type first, we the circle.
  private static final String CONTAINS_ITSELF = "customization: {extraKernelArgs: &a [*a]}";

  private final ConfigurationDecoder decoder = new ConfigurationDecoder(false);

  private InvalidConfigurationException refusal(byte[] body) {
    try {
      Configuration accepted = decoder.decode(body);
      throw new AssertionError("accepted: " + accepted);
    } catch (InvalidConfigurationException e) {
      return e;
    }
  }

  private String line(String document) {
    InvalidConfigurationException refusal = refusal(document.getBytes(UTF_8));
    assertThat(refusal.kind()).isNotEqualTo(Kind.TOO_LARGE);
    return refusal.line();
  }

  static Stream<Map<String, Object>> refusals() {
    return Vectors.answers().stream()
        .filter(answer -> answer.containsKey("refusal"))
        .filter(answer -> !ACCEPTED_HERE.contains(Vectors.text(answer, "body")))
        .filter(answer -> !Vectors.text(answer, "body").equals(CONTAINS_ITSELF));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesInTheReferencesWords(Map<String, Object> answer) {
    String expected = Vectors.text(answer, "refusal");
    String line = line(Vectors.text(answer, "body"));
    if (expected.startsWith(LIBRARY_REFUSAL)) {
      assertThat(line).startsWith("yaml: ").doesNotContain("\n");
    } else if (expected.contains("!!timestamp")) {
      // A timestamp is a text here; what else is wrong with the document is still refused.
      assertThat(line)
          .isEqualTo("yaml: construct errors: line 1: cannot construct !!map into string");
    } else {
      assertThat(line).isEqualTo(expected);
    }
  }

  @Test
  void refusesAnUnknownFieldInTheWordsClientsTest() {
    assertThat(line("something:"))
        .isEqualTo(
            "yaml: construct errors: line 1: field something not found in type schematic.Schematic");
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "'# only a comment'", "'\n\n'"})
  void refusesADocumentOfNothing(String document) {
    assertThat(line(document)).isEqualTo("EOF");
  }

  @Test
  void refusesOwnersUnlessTheyAreAllowed() throws Exception {
    assertThat(line("owner: alice"))
        .isEqualTo("owner field is only supported in Enterprise edition");
    assertThat(new ConfigurationDecoder(true).decode("owner: alice".getBytes(UTF_8)).owner())
        .isEqualTo("alice");
  }

  @Test
  void refusesTabsAsIndentationAndSaysWhere() {
    assertThat(line("customization:\n\textraKernelArgs: []"))
        .isEqualTo(
            "yaml: load error (while scanning for the next token) at L2.C1: found character"
                + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
  }

  @Test
  void refusesKeysThatWouldBeWrittenAlike() {
    assertThat(line("overlay: {options: {x: {16: a,\n 0x10: b}}}"))
        .isEqualTo("yaml: construct errors: line 2: mapping key \"16\" already defined at line 1");
  }

  @Test
  void refusesCollectionsAsKeys() {
    assertThat(line("overlay: {options: {x: {? [a] : c}}}"))
        .isEqualTo("yaml: construct errors: line 1: cannot construct !!seq into a key");
  }

  @Test
  void refusesWrongTags() {
    assertThat(line("overlay: {options: {a: !!int abc}}"))
        .isEqualTo("yaml: construct errors: line 1: cannot construct !!str `abc` as a !!int");
    assertThat(line("customization: {extraKernelArgs: [!!binary '?']}"))
        .isEqualTo("yaml: construct errors: line 1: !!binary value contains invalid base64 data");
    assertThat(line("customization: {extraKernelArgs: [!!binary /w==]}"))
        .isEqualTo("yaml: construct errors: line 1: !!binary value is not UTF-8");
  }

  @Test
  void refusesMergesOfAnythingButMappings() {
    assertThat(line("customization: {<<: [{}, 5]}"))
        .isEqualTo(
            "yaml: construct errors: line 1:"
                + " map merge requires map or sequence of maps as the value");
  }

  @Test
  void showsTwentyProblemsAndCountsTheRest() {
    String document =
        IntStream.range(0, 25).mapToObj(i -> "k" + i + ": x\n").collect(Collectors.joining());
    assertThat(line(document))
        .startsWith("yaml: construct errors: line 1: field k0 not found in type")
        .contains("line 20: field k19 ")
        .doesNotContain("k20")
        .endsWith("; and 5 more");
  }

  /// The overlay is read before the customization.
  @Test
  void showsTheDocumentsFirstProblemsInWhateverOrderTheyAreFound() {
    String many =
        IntStream.range(0, 25).mapToObj(i -> "  k" + i + ": x\n").collect(Collectors.joining());
    assertThat(line("customization:\n" + many + "overlay:\n" + many))
        .startsWith("yaml: construct errors: line 2: field k0 not found in type schematic.Cust")
        .contains("line 21: field k19 ")
        .doesNotContain("schematic.Overlay")
        .endsWith("; and 30 more");
  }

  @Test
  void cutsLongNames() {
    String name = "x".repeat(500_000);
    String cut = "x".repeat(100) + "...";
    assertThat(line("customization: {bootloader: " + name + "}"))
        .isEqualTo(
            "yaml: construct errors: line 1: " + cut + " does not belong to BootloaderKind values");
    assertThat(line("a: *" + name))
        .isEqualTo(
            "yaml: load error at L1.C4: unknown anchor '"
                + cut
                + "' referenced, or it contains itself");
  }

  @Test
  void refusesOtherVersionsOfYaml() {
    assertThat(line("%YAML 9.9\n---\n{}"))
        .isEqualTo(
            "yaml: load error: YAML 9.9 is not known: write YAML 1.2, or leave the directive out");
  }

  @Test
  void escapesWhatWouldBreakTheLine() {
    assertThat(line("\"a\\nb\": 1"))
        .isEqualTo(
            "yaml: construct errors: line 1:"
                + " field a\\u000ab not found in type schematic.Schematic");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertThat(refusal("owner: \u00ff".getBytes(ISO_8859_1)).line())
        .isEqualTo("yaml: load error: the document is not UTF-8");
  }

  @Test
  void refusesHalfASurrogatePair() {
    assertThat(line("{\"owner\":\"\\ud83d\"}")).isEqualTo("a text holds half of a surrogate pair");
  }

  @Test
  void refusesLargeDocumentsAsTooLarge() {
    InvalidConfigurationException refusal = refusal(new byte[(1 << 20) + 1]);
    assertThat(refusal.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(refusal.line()).isEqualTo("the document is larger than 1048576 bytes");
  }

  @Test
  void acceptsADocumentOfExactlyTheLimit() throws Exception {
    String document = "{}" + " ".repeat((1 << 20) - 2);
    assertThat(decoder.decode(document.getBytes(UTF_8))).isEqualTo(Configuration.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"'[',']'", "'{\"a\":','}'"})
  void refusesNestingBeyondAHundredLevels(String open, String close) throws Exception {
    // Two mappings are around the options: the document, the overlay.
    String fits = options(open.repeat(97), close.repeat(97));
    String deep = options(open.repeat(98), close.repeat(98));
    assertThat(decoder.decode(fits.getBytes(UTF_8)).overlay().isNone()).isFalse();
    assertThat(line(deep)).isEqualTo("the document is nested deeper than 100 levels");
    assertThat(line("# YAML\n" + deep)).isEqualTo("the document is nested deeper than 100 levels");
  }

  private static String options(String before, String after) {
    return "{\"overlay\":{\"options\":{\"x\":" + before + "1" + after + "}}}";
  }

  @Test
  void countsTheNestingBehindAliases() {
    String deep = "[".repeat(60) + "]".repeat(60);
    assertThat(line("a: &a " + deep + "\nb: " + "[".repeat(60) + "*a" + "]".repeat(60)))
        .isEqualTo("the document is nested deeper than 100 levels");
  }

  @Test
  void refusesListsBeyondTenThousandItems() throws Exception {
    String fits = "customization: {extraKernelArgs: [" + "a,".repeat(10_000) + "]}";
    String more = "customization: {extraKernelArgs: [" + "a,".repeat(10_001) + "]}";
    assertThat(decoder.decode(fits.getBytes(UTF_8)).customization().extraKernelArgs())
        .hasSize(10_000);
    assertThat(line(more)).isEqualTo("a list has more than 10000 items");
  }

  @Test
  void refusesUnknownAnchorsAndCircles() {
    assertThat(line("customization: {extraKernelArgs: [*nope]}"))
        .isEqualTo(
            "yaml: load error at L1.C35:"
                + " unknown anchor 'nope' referenced, or it contains itself");
    assertThat(line(CONTAINS_ITSELF))
        .isEqualTo(
            "yaml: load error at L1.C38: unknown anchor 'a' referenced, or it contains itself");
  }

  @Test
  void refusesAliasesThatExplode() {
    String bomb =
        IntStream.range(1, 10)
            .mapToObj(i -> "a%d: &a%d [*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1))
            .collect(Collectors.joining("", "a0: &a0 [xxxxxxxxxx]\n", ""));
    assertThat(line(bomb)).isEqualTo("aliases make the document more than 10 times as long");
  }

  @Test
  void readsJsonByItsOwnRulesWhereItIsJson() throws Exception {
    byte[] json = "\n {\"customization\":{\"extraKernelArgs\":[\"\\u0041\\/\"]}}".getBytes(UTF_8);
    assertThat(decoder.decode(json).customization().extraKernelArgs()).containsExactly("A/");
  }

  @Test
  void aLineSeparatorInSingleQuotesEndsALine() throws Exception {
    byte[] yaml = "customization: {extraKernelArgs: ['a\u2028   b']}".getBytes(UTF_8);
    assertThat(decoder.decode(yaml).customization().extraKernelArgs()).containsExactly("a\u2028b");
  }

  @Test
  void readsTheEscapesOfLineAndParagraphSeparators() throws Exception {
    String yaml =
        """
        customization:
          extraKernelArgs:
            - "a\\Lb\\\\L\\P\\uE000"
            - 'a\\L'
            - \\P
        """;
    assertThat(decoder.decode(yaml.getBytes(UTF_8)).customization().extraKernelArgs())
        .containsExactly("a\u2028b\\L\u2029\uE000", "a\\L", "\\P");
  }
}
