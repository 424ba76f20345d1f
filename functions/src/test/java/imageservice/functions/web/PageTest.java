package imageservice.functions.web;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PageTest {
  private static final Map<String, String> BROWSER =
      Map.of(
          "accept",
          "text/html,application/xhtml+xml,*/*;q=0.8",
          "sec-fetch-mode",
          "navigate",
          "sec-fetch-dest",
          "document",
          "user-agent",
          "Mozilla/5.0 (X11; Linux x86_64)");

  private final TestService service = new TestService();

  @Test
  void theFrontPageIsForEverybody() {
    Response page = service.get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body().text()).contains("<base href=\"./\">").doesNotContain("style=");
    Response again =
        service.send("GET", "/", Map.of("if-none-match", page.header("etag").orElseThrow()));
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void itsLinksAreRelativeToTheServicesAddress() throws Exception {
    service.offering("v1.11.0");
    Response page = service.send("GET", "/image/" + TestService.EMPTY + "/v1.11.0", BROWSER);
    assertThat(page.body().text()).contains("<base href=\"../../\">");
  }

  @Test
  void aBrowserIsToldAProblemAsAPage() {
    Response page = service.send("GET", "/schematics/<b>%7Bdetail}", BROWSER);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy")).isPresent();
    assertThat(page.body().text())
        .contains("schematic not found", "an id has 64 hex digits", "Request request-id")
        .contains("<base href=\"../\">")
        .doesNotContain("{detail}", "{advice}", "{status}");
  }

  @Test
  void whatAProblemQuotesIsText() {
    Response page = service.send("GET", "/image/<script>alert(1)</script>/v1.11.0/x", BROWSER);
    assertThat(page.body().text()).doesNotContain("<script>");
  }

  @Test
  void aProgramIsToldItAsEver() {
    Response line = service.get("/schematics/x");
    assertThat(line.body().text()).isEqualTo("schematic not found\n");
    assertThat(service.get("/nothing").body().text()).isEqualTo("404 page not found\n");
  }

  @Test
  void choicesAreForAnyVersionThatCanBe() {
    assertThat(service.get("/web/choices/v1.13.2").body().text())
        .contains("\"name\":\"metal\"", "\"secureBoot\":false");
    assertThat(service.signing().get("/web/choices/v1.13.2").body().text())
        .contains("\"secureBoot\":true");
    assertThat(service.get("/web/choices/new").status()).isEqualTo(400);
  }
}
