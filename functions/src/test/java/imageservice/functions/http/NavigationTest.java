package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NavigationTest {
  private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "curl/8.5.0 | */*",
        "Wget/1.21 | */*",
        "Go-http-client/1.1 | ''",
        "iPXE/1.21.1 | ''",
        "Java/25 | text/html, image/gif, image/jpeg, */*; q=0.2",
        "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1 | ''",
        "Mozilla/5.0 (X11) | */*",
        "Mozilla/5.0 (X11) | application/json"
      })
  void noProgramIsTakenForAPerson(String agent, String accept) {
    assertThat(Navigation.isOf(request("GET", "user-agent", agent, "accept", accept))).isFalse();
  }

  @Test
  void aBrowserThatOpensAnAddressIs() {
    String accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    assertThat(Navigation.isOf(request("GET", "user-agent", FIREFOX, "accept", accept))).isTrue();
    assertThat(
            Navigation.isOf(
                request(
                    "GET",
                    "sec-fetch-mode",
                    "navigate",
                    "sec-fetch-dest",
                    "document",
                    "accept",
                    accept)))
        .isTrue();
  }

  @Test
  void whatAPageFetchesIsNot() {
    assertThat(
            Navigation.isOf(
                request(
                    "GET",
                    "user-agent",
                    FIREFOX,
                    "accept",
                    "text/html",
                    "sec-fetch-mode",
                    "cors",
                    "sec-fetch-dest",
                    "empty")))
        .isFalse();
  }

  @Test
  void aPartOrAHeadIsNot() {
    assertThat(
            Navigation.isOf(
                request("GET", "user-agent", FIREFOX, "accept", "text/html", "range", "bytes=5-")))
        .isFalse();
    assertThat(Navigation.isOf(request("HEAD", "user-agent", FIREFOX, "accept", "text/html")))
        .isFalse();
  }

  private static Request request(String method, String... headers) {
    Map<String, String> all = new TreeMap<>();
    Stream.iterate(0, i -> i < headers.length, i -> i + 2)
        .forEach(i -> all.put(headers[i], headers[i + 1]));
    return new Request(method, "/", "", all, Body.EMPTY, "id");
  }
}
