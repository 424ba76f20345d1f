package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemDocumentTest {
  private static final String TEXT = "text/plain; charset=utf-8";

  @Test
  void aTextIsOneLineWhateverTheDetailHolds() {
    assertThat(of(Problem.of(404, "schematic ID \"a\r\nb\u0000\" not found")).body().text())
        .isEqualTo("schematic ID \"a\\r\\nb\\x00\" not found\n");
  }

  @Test
  void ofALongTextTheMiddleIsLeftOut() {
    String name = "\uD83D\uDE00".repeat(300_000);
    assertThat(of(Problem.of(400, "no \"" + name + "\"; write another")).body().text())
        .startsWith("no \"\uD83D\uDE00")
        .contains("\uD83D\uDE00…\uD83D\uDE00")
        .endsWith("\"; write another\n")
        .hasSizeLessThan(11_000);
  }

  @Test
  void whatIsNotLongIsWhole() {
    String text = "a".repeat(5_120);
    assertThat(of(Problem.of(400, text)).body().text()).isEqualTo(text + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/plain, application/json",
        "text/html",
        "application/jsonx",
        "application/*"
      })
  void isALineOfTextUnlessJsonIsNamedFirst(String accept) {
    Response response = ProblemDocument.of(Problem.of(400, "why \u00e9"), accepting(accept));
    assertThat(response.header("content-type")).contains(TEXT);
    assertThat(response.body().text()).isEqualTo("why \u00e9\n");
    assertThat(response.header("x-content-type-options")).contains("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/problem+json",
        "application/json;q=0.9, text/plain",
        "text/html, application/json , */*"
      })
  void isJsonForWhoReadsJson(String accept) {
    Response response = ProblemDocument.of(Problem.of(418, "a \"b\""), accepting(accept));
    assertThat(response.header("content-type")).contains("application/problem+json");
    assertThat(response.body().text())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Error\",\"status\":418,\"detail\":\"a \\\"b\\\"\",\"requestId\":\"r\"}\n");
  }

  @Test
  void whatIsNotThereMayBeKeptForAWhile() {
    assertThat(of(Problem.notFound("x")).header("cache-control")).contains("public, max-age=30");
    assertThat(of(Problem.of(404, "x")).header("cache-control")).contains("no-store");
    assertThat(of(Problem.of(503, "x")).header("retry-after")).isEmpty();
  }

  @Test
  void secondsAreWholeRoundedUpAndAtLeastOne() {
    assertThat(retryAfter(Duration.ofSeconds(5))).isEqualTo("5");
    assertThat(retryAfter(Duration.ofMillis(5_001))).isEqualTo("6");
    assertThat(retryAfter(Duration.ZERO)).isEqualTo("1");
    assertThat(retryAfter(Duration.ofSeconds(-7))).isEqualTo("1");
  }

  @Test
  void whoeverIsRefusedForACrowdComesBackAtAnotherTimeThanTheOthers() {
    Map<String, Long> clients =
        IntStream.range(0, 1_000)
            .mapToObj(i -> of(Problem.crowded("x", Duration.ofSeconds(5), "request-" + i)))
            .map(response -> response.header("retry-after").orElseThrow())
            .collect(Collectors.groupingBy(seconds -> seconds, Collectors.counting()));
    assertThat(clients)
        .containsOnlyKeys("5", "6", "7", "8", "9", "10", "11", "12", "13", "14")
        .allSatisfy((seconds, count) -> assertThat(count).isGreaterThan(50));
  }

  private static String retryAfter(Duration delay) {
    return of(Problem.unavailable("x", delay)).header("retry-after").orElseThrow();
  }

  private static Response of(Problem problem) {
    return ProblemDocument.of(problem, accepting(""));
  }

  private static Request accepting(String accept) {
    Map<String, String> headers = accept.isEmpty() ? Map.of() : Map.of("accept", accept);
    return new Request("GET", "/", "", headers, Body.EMPTY, "r");
  }
}
