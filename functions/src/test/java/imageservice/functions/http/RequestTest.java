package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RequestTest {
  private static final long SEED = 3_986;

  @Test
  void parametersAreDecodedTheFirstOfEachInOrder() {
    Request request = request("b=1+2&a=%C3%A9&b=3&c&=x&%zz=1&d=%&&e=f=g");
    assertThat(List.copyOf(request.parameters().entrySet()))
        .containsExactly(
            Map.entry("b", "1 2"),
            Map.entry("a", "\u00e9"),
            Map.entry("c", ""),
            Map.entry("e", "f=g"));
    assertThat(request.parameter("b")).contains("1 2");
    assertThat(request.parameter("x")).isEmpty();
    assertThat(request("").parameters()).isEmpty();
  }

  @Test
  void parametersAreReadBackAsTheyAreWritten() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder value = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
        value.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? '&' : c);
      }
      String query = "k=" + Paths.encodeParameter(value.toString());
      assertThat(query).as("seed %d, round %d", SEED, round).matches("k=[A-Za-z0-9%._~-]*");
      assertThat(request(query).parameter("k")).isEqualTo(Optional.of(value.toString()));
    }
  }

  @Test
  void pathsKeepWhatMayStandInThem() {
    String plain = "/image/a-b_c.d~e/v1.9.5+x!$&'()*,;=:@";
    assertThat(Paths.encode(plain)).isEqualTo(plain);
    assertThat(Paths.encode("/a b%c?d#e\r\n\"<>\\^`{|}\u00e9"))
        .isEqualTo("/a%20b%25c%3Fd%23e%0D%0A%22%3C%3E%5C%5E%60%7B%7C%7D%C3%A9");
    String every = "/\u0000 ~\u00ff\ud83d\ude00";
    assertThat(URLDecoder.decode(Paths.encode(every), StandardCharsets.UTF_8)).isEqualTo(every);
  }

  private static Request request(String query) {
    return new Request("GET", "/", query, Map.of(), Body.EMPTY, "id");
  }
}
