package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AcceptanceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | true | true",
        "Application/JSON;q=0.5 | true | true",
        "application/problem+json, application/json | true | true",
        "application/json, text/plain, */* | true | false",
        "application/json, application/octet-stream | true | false",
        "text/plain, application/json | false | false",
        "*/* | false | false",
        "application/* | false | false",
        "text/html | false | false",
        "',,' | false | false"
      })
  void jsonIsForWhoNamesIt(String accept, boolean preferred, boolean alone) {
    Request request = TestService.request("GET", "/", "", Map.of("accept", accept), "");
    assertThat(Acceptance.prefersJson(request)).isEqualTo(preferred);
    assertThat(Acceptance.isJsonAlone(request)).isEqualTo(alone);
  }

  @Test
  void whoNamesNothingTakesAnything() {
    Request request = TestService.request("GET", "/", "", Map.of(), "");
    assertThat(Acceptance.prefersJson(request)).isFalse();
    assertThat(Acceptance.isJsonAlone(request)).isFalse();
  }
}
