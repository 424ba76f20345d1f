package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChallengeTest {
  private static final Challenge BEARER =
      new Challenge(
          "bearer",
          Map.of("realm", "https://ghcr.io/token", "service", "ghcr.io", "scope", "a:b:pull,push"));

  private static final String BEARER_TEXT =
      "bearer Realm=\"https://ghcr.io/token\", service=ghcr.io,scope=\"a:b:pull,push\"";

  @Test
  void prefersBearerWhereverItStands() {
    String basic = "Basic realm=\"x\"";
    for (List<String> headers :
        List.of(
            List.of(BEARER_TEXT),
            List.of(basic, BEARER_TEXT),
            List.of(BEARER_TEXT, basic),
            List.of(basic + ", " + BEARER_TEXT),
            List.of(BEARER_TEXT + " , " + basic),
            List.of("Negotiate, " + BEARER_TEXT),
            List.of("Negotiate YWJj==, " + BEARER_TEXT),
            List.of("Digest realm=\"a, Basic b\", qop=\"auth\"," + BEARER_TEXT))) {
      assertThat(choose(headers.toArray(String[]::new))).as("%s", headers).contains(BEARER);
    }
  }

  /// RFC 9110, section 11.6.1, has this header as its example.
  @Test
  void readsTheExampleOfTheSpecification() {
    assertThat(
            choose(
                "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\""))
        .contains(new Challenge("basic", Map.of("realm", "simple")));
  }

  @Test
  void readsEscapesAndCommasInQuotes() {
    assertThat(choose("BASIC realm=\"a \\\"b\\\", c\\\\d, Bearer e\" , charset = \"UTF-8\""))
        .contains(
            new Challenge("basic", Map.of("realm", "a \"b\", c\\d, Bearer e", "charset", "UTF-8")));
    assertThat(choose(",, basic ,, Bearer  realm=https://h.test/t?x=y,"))
        .contains(new Challenge("bearer", Map.of("realm", "https://h.test/t?x=y")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Negotiate",
        "Basics x",
        "=, Basic realm=\"x\"",
        ";",
        "Bearer\u00e4",
        "\"Basic\""
      })
  void findsNothingInWhatHoldsNeither(String header) {
    assertThat(choose(header)).isEmpty();
  }

  @Test
  void endsWhereTheGrammarEnds() {
    assertThat(choose("Basic realm=\"x\", Bearer realm=\"unclosed"))
        .contains(new Challenge("bearer", Map.of()));
    assertThat(choose("Basic realm=\"" + "x".repeat(9000) + "\"")).isEmpty();
  }

  private static Optional<Challenge> choose(String... headers) {
    return Challenge.choose(List.of(headers));
  }
}
