package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiDescriptionTest {
  private static final Optional<String> JSON = Optional.of("application/json");
  private static final String ID = "ab".repeat(32);

  @Test
  void whatIsDescribedIsNoBreach() {
    assertThat(breaches("GET", "/versions", 200, JSON, "[\"v1.2.3\"]")).isEmpty();
    assertThat(breaches("HEAD", "/versions", 200, JSON, "")).isEmpty();
    assertThat(
            breaches(
                "POST",
                "/schematics",
                201,
                JSON,
                "{\"id\":\"%s\",\"schematic\":\"\"}".formatted(ID)))
        .isEmpty();
    assertThat(breaches("GET", "/versions", 503, Optional.of("text/plain; charset=utf-8"), "no"))
        .isEmpty();
    assertThat(breaches("GET", "/no/such/thing", 404, Optional.of("text/x"), "?")).isEmpty();
    assertThat(breaches("DELETE", "/versions", 405, Optional.of("text/plain"), "?")).isEmpty();
  }

  @Test
  void whatIsNotIsOne() {
    assertThat(breaches("GET", "/versions", 204, Optional.empty(), ""))
        .containsExactly("status 204 is not described");
    assertThat(breaches("DELETE", "/versions", 200, Optional.empty(), ""))
        .containsExactly("DELETE is not described, and not refused");
    assertThat(breaches("GET", "/versions", 200, Optional.of("text/plain"), "v1.2.3"))
        .containsExactly("media type text/plain is not described");
    assertThat(breaches("GET", "/versions", 200, JSON, "[1]"))
        .containsExactly("[] is no string: 1");
    assertThat(breaches("GET", "/versions", 200, JSON, "{}")).containsExactly(" is no array: {}");
    assertThat(breaches("POST", "/schematics", 201, JSON, "{\"id\":\"x\"}"))
        .containsExactly(" has no \"schematic\"", "/id is not like \"^[0-9a-f]{64}$\": \"x\"");
    assertThat(breaches("GET", "/builds/" + ID, 200, JSON, "{\"state\":\"late\"}"))
        .containsExactly(
            "/state is none of [\"queued\",\"building\",\"ready\",\"failed\"]: \"late\"");
  }

  @Test
  void theMostExactPathCounts() {
    assertThat(breaches("GET", "/image/" + ID + "/v1.2.3/lock", 302, Optional.empty(), ""))
        .containsExactly("status 302 is not described");
    assertThat(breaches("GET", "/image/" + ID + "/v1.2.3/kernel-amd64", 302, Optional.empty(), ""))
        .isEmpty();
  }

  private static List<String> breaches(
      String method, String path, int status, Optional<String> mediaType, String body) {
    return ApiDescription.OF_THE_REPOSITORY.breaches(
        method, path, status, mediaType, body.getBytes(StandardCharsets.UTF_8));
  }
}
