package imageservice.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
  @Test
  void readsFieldsByTheirTypes() throws MalformedJsonException {
    JsonFields fields =
        JsonFields.parse(
            """
            {"t":"x","n":9223372036854775807,"f":true,"o":{"a":1},"l":[{"b":2},{}],"s":["p","q"],"z":null}
            """);
    assertThat(fields.text("t")).isEqualTo("x");
    assertThat(fields.number("n")).isEqualTo(Long.MAX_VALUE);
    assertThat(fields.flag("f")).isTrue();
    assertThat(fields.object("o").number("a")).isEqualTo(1);
    assertThat(fields.object("o").integer("a")).isEqualTo(1);
    assertMalformed(() -> fields.integer("n"), "n: not an integer");
    assertThat(fields.objects("l")).hasSize(2);
    assertThat(fields.texts("s")).containsExactly("p", "q");
    assertThat(fields.optionalText("z")).isEmpty();
    assertThat(fields.optionalNumber("absent")).isEmpty();
    assertThat(fields.optionalObject("absent")).isEmpty();
    assertThat(fields.optionalText("t")).contains("x");
    fields.end();
  }

  @Test
  void namesTheFieldAtFault() throws MalformedJsonException {
    JsonFields fields =
        JsonFields.parse(
            "{\"n\":1.5,\"o\":{\"a\":{\"b\":\"c\"}},\"l\":[[1]],\"big\":9223372036854775808}");
    assertMalformed(() -> fields.number("n"), "n: not an integer");
    assertMalformed(() -> fields.number("big"), "big: not an integer");
    assertMalformed(() -> fields.text("n"), "n: not a text");
    assertMalformed(() -> fields.flag("n"), "n: not true or false");
    assertMalformed(() -> fields.object("o").object("a").number("b"), "o.a.b: not an integer");
    assertMalformed(() -> fields.object("o").object("a").text("x"), "o.a.x: missing");
    assertMalformed(() -> fields.objects("l"), "l: not a list of objects");
    assertMalformed(() -> fields.texts("l"), "l: not a list of texts");
    assertMalformed(() -> fields.object("o").end(), "o.a: unknown field");
  }

  @Test
  void leavesFieldsThatNobodyAskedForAloneUntilTheEnd() throws MalformedJsonException {
    JsonFields fields = JsonFields.parse("{\"a\":1,\"b\":2}");
    assertThat(fields.number("a")).isEqualTo(1);
    assertMalformed(fields::end, "b: unknown field");
  }

  @Test
  void readsListsThatMayBeAbsent() throws MalformedJsonException {
    JsonFields fields = JsonFields.parse("{\"l\":[{}],\"s\":[\"p\"],\"n\":null}");
    assertThat(fields.optionalObjects("l")).hasSize(1);
    assertThat(fields.optionalTexts("s")).containsExactly("p");
    assertThat(fields.optionalObjects("n")).isEmpty();
    assertThat(fields.optionalTexts("absent")).isEmpty();
    fields.end();
  }

  @Test
  void refusesControlCharactersInLines() throws MalformedJsonException {
    JsonFields fields = JsonFields.parse("{\"a\":\"x y\",\"b\":\"x\\ny\"}");
    assertThat(fields.line("a")).isEqualTo("x y");
    assertThat(fields.optionalLine("absent")).isEmpty();
    assertThat(fields.text("b")).isEqualTo("x\ny");
    assertMalformed(() -> fields.optionalLine("b"), "b: not a line of text");
  }

  @Test
  void showsTheValueOfAForeignField() throws MalformedJsonException {
    JsonFields fields =
        JsonFields.foreign(
            utf8(
                "{\"o\":{\"a\":1e3,\"b\":\"x\\u0007y\"},\"l\":[1],\"t\":\"%s\"}"
                    .formatted("t".repeat(81))));
    JsonFields object = fields.object("o");
    assertMalformed(() -> object.number("a"), "a is not a whole number: 1000.0");
    assertMalformed(() -> object.line("b"), "b is not a line of text: x?y");
    assertMalformed(() -> object.object("c"), "c is missing");
    assertMalformed(() -> fields.objects("l"), "l is not an array of objects: 1");
    assertMalformed(() -> fields.texts("l"), "l is not an array of texts: 1");
    assertMalformed(() -> fields.texts("o"), "o is not an array: {a=1000.0, b=x?y}");
    assertMalformed(() -> fields.object("t"), "t is not an object: " + "t".repeat(80) + "…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud8\"}"})
  void saysOfForeignTextOnlyThatItIsNoObject(String text) {
    assertMalformed(() -> JsonFields.foreign(utf8(text)), "not a JSON object");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] json = {'{', '"', 'a', '"', ':', '"', (byte) 0xFF, '"', '}'};
    assertThatThrownBy(() -> JsonFields.parse(json)).isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "\"x\""})
  void refusesWhatIsNoObject(String text) {
    assertThatThrownBy(() -> JsonFields.parse(text)).isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":1}}",
        "{} {}",
        "{} x",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{/* c */}"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> JsonFields.parse(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith("not JSON: ");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private interface Read {
    void run() throws MalformedJsonException;
  }

  private static void assertMalformed(Read read, String message) {
    assertThatThrownBy(read::run).isInstanceOf(MalformedJsonException.class).hasMessage(message);
  }
}
