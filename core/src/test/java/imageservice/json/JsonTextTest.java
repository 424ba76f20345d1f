package imageservice.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
  private static final long SEED = 8_259;

  @Test
  void writesFieldsInOrderWithoutBlanks() {
    JsonText text =
        JsonText.object()
            .put("z", "a\"\\\n\r\t\u0001\u007f\u00e9")
            .put("a", -1)
            .put("f", false)
            .put("o", JsonText.object().put("x", 1))
            .put("l", List.of("p", "q"))
            .put("m", List.of(JsonText.object()))
            .putIfPresent("gone", Optional.empty())
            .putIfPresent("there", Optional.of("t"));
    assertThat(text)
        .hasToString(
            "{\"z\":\"a\\\"\\\\\\n\\r\\t\\u0001\u007f\u00e9\",\"a\":-1,\"f\":false,\"o\":{\"x\":1},\"l\":[\"p\",\"q\"],\"m\":[{}],\"there\":\"t\"}");
    assertThat(JsonText.array(List.of())).isEqualTo("[]");
  }

  @Test
  void isIndentedForPeople() {
    JsonText inner = JsonText.object().put("y", 1).put("e", List.of());
    assertThat(
            JsonText.object()
                .put("a", "b\n")
                .put("l", List.of("p", inner))
                .put("o", JsonText.object())
                .indented())
        .isEqualTo(
            """
            {
              "a": "b\\n",
              "l": [
                "p",
                {
                  "y": 1,
                  "e": []
                }
              ],
              "o": {}
            }\
            """
                .stripTrailing());
    assertThat(JsonText.arrayOf(List.of(inner, inner)))
        .isEqualTo("[{\"y\":1,\"e\":[]},{\"y\":1,\"e\":[]}]");
  }

  @Test
  void refusesAFieldTwice() {
    JsonText text = JsonText.object().put("a", 1);
    assertThatThrownBy(() -> text.put("a", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a: written twice");
  }

  @Test
  void everyTextIsReadBack() throws IOException, MalformedJsonException {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(10); i > 0; i--) {
        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x110000));
      }
      String json = JsonText.object().put("t", text.toString()).toString();
      assertThat(JsonFields.parse(json).text("t"))
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(text.toString());
      assertThat(JSON.std.anyFrom(json)).isNotNull();
    }
  }
}
