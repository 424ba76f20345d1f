package imageservice.builder.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.yaml.YamlDocument.Author;
import imageservice.builder.yaml.YamlValue.Field;
import imageservice.builder.yaml.YamlValue.Mapping;
import imageservice.builder.yaml.YamlValue.Null;
import imageservice.builder.yaml.YamlValue.Sequence;
import imageservice.builder.yaml.YamlValue.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlDocumentTest {
  private static final int LIMIT = 1 << 20;

  @Test
  void readsWhatIsThereInItsOrder() throws MalformedYamlException {
    assertThat(read("b: 12\na: ['1', two, ~]\nc: |\n  text\n"))
        .contains(
            new Mapping(
                List.of(
                    new Field("b", new Text("12")),
                    new Field(
                        "a", new Sequence(List.of(new Text("1"), new Text("two"), new Null("~")))),
                    new Field("c", new Text("text\n")))));
  }

  /// What other readers of YAML 1.1 take for numbers, booleans, dates, merges.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "1.",
        ".5",
        "1e3",
        "1.5e+3",
        "+1",
        "-0",
        "017",
        "0o17",
        "0_",
        "0x10",
        "0X1F",
        "0b11",
        "0b",
        "0b1_",
        "1_000",
        "1:30",
        "12:30:45",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "true",
        "TRUE",
        "False",
        ".inf",
        "-.INF",
        ".NaN",
        "2024-01-01",
        "2024-01-01T10:00:00Z",
        "=",
        "<<",
        "+",
        "nULL",
        "v1.2.3+4",
        ">=1.0.0 <1.8.0"
      })
  void plainScalarsStayTheTextThatIsWritten(String scalar) throws MalformedYamlException {
    String quoted = scalar.startsWith(">") ? "'" + scalar + "'" : scalar;
    assertThat(scalar("a: " + quoted)).isEqualTo(new Text(scalar));
    assertThat(scalar("a: '" + scalar + "'")).isEqualTo(new Text(scalar));
  }

  @Test
  void numbersOfAnyLengthAreTexts() throws MalformedYamlException {
    for (String digits :
        List.of("9".repeat(20_000), "0x" + "f".repeat(20_000), "0." + "1".repeat(9))) {
      assertThat(scalar("a: " + digits)).isEqualTo(new Text(digits));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nullIsOneWithoutQuotesOnly(String scalar) throws MalformedYamlException {
    assertThat(scalar("a: " + scalar)).isEqualTo(new Null(scalar));
    assertThat(scalar("a: '" + scalar + "'")).isEqualTo(new Text(scalar));
    assertThat(scalar("a: \"" + scalar + "\"")).isEqualTo(new Text(scalar));
  }

  @Test
  void ofTagsOnlyNullCounts() throws MalformedYamlException {
    assertThat(scalar("a: !!null x")).isEqualTo(new Null("x"));
    assertThat(scalar("a: !!str ~")).isEqualTo(new Text("~"));
    assertThat(scalar("a: ! ~")).isEqualTo(new Text("~"));
    assertThat(scalar("a: !!int +")).isEqualTo(new Text("+"));
    assertThat(scalar("a: !!binary ???")).isEqualTo(new Text("???"));
    assertThat(scalar("a: !<tag:x> y")).isEqualTo(new Text("y"));
  }

  @Test
  void foldsAndUnfoldsLines() throws MalformedYamlException {
    assertThat(scalar("a: >\n  x\n  y\n\n  z\n")).isEqualTo(new Text("x y\nz\n"));
    assertThat(scalar("a: >-\n  x\n\n   y\n  z\n")).isEqualTo(new Text("x\n\n y\nz"));
    assertThat(scalar("a: |2\n   x\n  y\n")).isEqualTo(new Text(" x\ny\n"));
    assertThat(scalar("a: |+\n  x\n\n")).isEqualTo(new Text("x\n\n"));
    assertThat(scalar("a: |\n  x\n\ty\n".replace("\t", "  "))).isEqualTo(new Text("x\ny\n"));
    assertThat(scalar("a: b\n  c\n\n  d\n")).isEqualTo(new Text("b c\nd"));
    assertThat(scalar("a: 'it''s\n  b'")).isEqualTo(new Text("it's b"));
    assertThat(scalar("a: \"\\x41\\u00e9\\U0001F600\\\n  b\\n\"")).isEqualTo(new Text("Aé😀b\n"));
  }

  @Test
  void aFileMayLackItsLastLineBreak() throws MalformedYamlException {
    for (String style : List.of("|", ">", "|+", "|2")) {
      assertThat(scalar("a: " + style + "\n  x")).as(style).isEqualTo(new Text("x\n"));
    }
    assertThat(scalar("a: |-\n  x")).isEqualTo(new Text("x"));
    assertThat(scalar("a: |+\n  x\n  ")).isEqualTo(new Text("x\n"));
  }

  @Test
  void linesMayEndAsOnWindowsAndBeginWithAByteOrderMark() throws MalformedYamlException {
    assertThat(read("\ufeffa: |\r\n  x\r\n  y\r\nb: c\r\n"))
        .isEqualTo(read("a: |\n  x\n  y\nb: c\n"));
  }

  /// As in YAML 1.1, and for go-yaml, which reads the same files elsewhere.
  @Test
  void separatorsOfUnicodeEndLines() throws MalformedYamlException {
    assertThat(read("a: b\u0085c: d\u2028e: f\u2029")).isEqualTo(read("a: b\nc: d\ne: f\n"));
    assertThat(scalar("a: \"x\\Ly\"")).isEqualTo(new Text("x\u2028y"));
  }

  @Test
  void tabsAreTextOrRefused() throws MalformedYamlException {
    assertThat(scalar("a: x\ty")).isEqualTo(new Text("x\ty"));
    assertThat(scalar("a: |\n  x\ty\t\n")).isEqualTo(new Text("x\ty\t\n"));
    assertThat(scalar("a: x\t\n")).isEqualTo(new Text("x"));
    String tab =
        "found character '\\t(TAB)' that cannot start any token."
            + " (Do not use \\t(TAB) for indentation)";
    assertRefused("a: 1\n\tb: 2\n", "line 2: " + tab);
    assertRefused("a:\tb", "line 1: " + tab);
  }

  @Test
  void readsKeysThatAreTooLongForOneLine() throws MalformedYamlException {
    String key = "k".repeat(60_000);
    assertThat(read("? " + key + "\n: v\n"))
        .contains(new Mapping(List.of(new Field(key, new Text("v")))));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsNoDocument(Author author) throws MalformedYamlException {
    for (String nothing : List.of("", "\ufeff", "# only a comment\n", "\n\n")) {
      assertThat(YamlDocument.read(nothing, LIMIT, author)).isEmpty();
    }
    assertThat(YamlDocument.read("---\n", LIMIT, author)).contains(new Null(""));
  }

  @ParameterizedTest
  @EnumSource
  void refusesASecondDocument(Author author) throws MalformedYamlException {
    assertRefused("a: 1\n---\nb: 2\n", author, "line 2: a second document");
    assertRefused("a: 1\n---\n", author, "line 2: a second document");
    assertThat(YamlDocument.read("---\na\n...\n", LIMIT, author)).contains(new Text("a"));
  }

  @Test
  void peopleMayRepeatTexts() throws MalformedYamlException {
    assertThat(YamlDocument.read("a: &x 1.10\n*x : [*x]\n", LIMIT, Author.PERSON))
        .contains(
            new Mapping(
                List.of(
                    new Field("a", new Text("1.10")),
                    new Field("1.10", new Sequence(List.of(new Text("1.10")))))));
    assertRefused("a: *x", Author.PERSON, "line 1: the alias *x stands for no text");
    assertRefused("a: &x [*x]", Author.PERSON, "line 1: the alias *x stands for no text");
    assertRefused(
        "a: &x b\nc: &x [d]\ne: *x\n", Author.PERSON, "line 3: the alias *x stands for no text");
  }

  @Test
  void onlyPeopleMayRepeatKeys() throws MalformedYamlException {
    assertRefused("a: 1\nb: 2\na: 3\n", "line 3: the key a is there twice");
    assertThat(YamlDocument.read("a: 1\na: 2\n", LIMIT, Author.PERSON))
        .contains(
            new Mapping(List.of(new Field("a", new Text("1")), new Field("a", new Text("2")))));
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertRefused(
        "a: 1\n[x]: 1",
        "line 2: Expected a field name (Scalar value in YAML), got this instead:"
            + " <org.yaml.snakeyaml.events.SequenceStartEvent(anchor=null, tag=null, implicit=true)>");
    assertRefused("a: [b", "line 2: expected ',' or ']', but got <stream end>");
    assertRefused(
        "%YAML 2.0\n---\na", "line 1: found incompatible YAML document (version 1.* is required)");
    assertRefused("a: \"\\UFFFFFFFF\"", "not well formed");
    for (String character : List.of("\0", "\u0001", "\u007f", "\ufffe")) {
      assertRefused("a: x" + character, "special characters are not allowed");
    }
    assertRefused("a: \ud800 b", Author.PERSON, "special characters are not allowed");
    assertRefused("a: \ud800", Author.PERSON, "special characters are not allowed");
    assertRefused("a: \udc00", Author.PERSON, "special characters are not allowed");
    assertThatThrownBy(
            () -> YamlDocument.read(new byte[] {'a', (byte) 0xFF}, LIMIT, Author.PROGRAM))
        .isInstanceOf(MalformedYamlException.class)
        .hasMessage("not UTF-8");
  }

  @Test
  void messagesAreOneShortLine() {
    String name = "x".repeat(300);
    assertRefused(
        "a: *" + name, Author.PERSON, "line 1: " + ("the alias *" + name).substring(0, 200) + "…");
    assertRefused("\"a\\n\\tb\": 1\n\"a\\n\\tb\": 1\n", "line 2: the key a b is there twice");
  }

  private static YamlValue scalar(String document) throws MalformedYamlException {
    YamlValue root = read(document).orElseThrow();
    assertThat(root).isInstanceOf(Mapping.class);
    return ((Mapping) root).fields().getFirst().value();
  }

  private static Optional<YamlValue> read(String text) throws MalformedYamlException {
    return YamlDocument.read(bytes(text), LIMIT, Author.PROGRAM);
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
