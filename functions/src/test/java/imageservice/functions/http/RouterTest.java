package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
  private static final Map<String, String> ORIGIN = Map.of("origin", "http://example.com");

  private final List<Exception> failures = new ArrayList<>();
  private final List<Integer> answered = new ArrayList<>();
  private final RequestLog log =
      new RequestLog() {
        @Override
        public void answered(Request request, Response response) {
          answered.add(response.status());
        }

        @Override
        public void failed(Request request, Exception cause) {
          failures.add(cause);
        }
      };

  private final Router router =
      new Router(
          List.of(
              route("GET", "/things/{id}", (r, s) -> text(r.method() + " " + s.get("id"))),
              route("POST", "/things", (r, s) -> Response.of(201, Response.JSON, "{}")),
              route("GET", "/slash/", (r, s) -> text("slash")),
              route("GET", "/any/{rest+}", (r, s) -> text("rest " + s.get("rest"))),
              route("GET", "/both", (r, s) -> text("read")),
              route("POST", "/both", (r, s) -> text("written")),
              route(
                  "GET",
                  "/away",
                  (r, s) -> {
                    throw new IOException("bucket secret-bucket is away");
                  }),
              route(
                  "GET",
                  "/broken",
                  (r, s) -> {
                    throw new IllegalStateException("secret state");
                  })),
          new Responder("Image Factory v1", log));

  @Test
  void answersGetAndHead() {
    assertThat(send("GET", "/things/a b").body().text()).isEqualTo("GET a b");
    assertThat(send("HEAD", "/things/x").body().text()).isEqualTo("HEAD x");
    assertThat(send("get", "/things/x").status()).isEqualTo(200);
    assertThat(answered).containsExactly(200, 200, 200);
  }

  @Test
  void aPathWithASlashAtItsEndMayBeARoute() {
    assertThat(send("GET", "/slash/").body().text()).isEqualTo("slash");
    assertThat(send("GET", "/slash").status()).isEqualTo(404);
  }

  @Test
  void whatTakesAnyPathTakesAnySlashes() {
    assertThat(send("GET", "/any//a//").body().text()).isEqualTo("rest /a//");
    assertThat(send("GET", "/any/").body().text()).isEqualTo("rest ");
    assertThat(send("POST", "/any/a/").status()).isEqualTo(405);
  }

  @Test
  void everyAnswerNamesServerAndRequest() {
    for (String path : List.of("/things/x", "/nope", "/things/x/", "/broken")) {
      Response response = send("GET", path);
      assertThat(response.header("server")).contains("Image Factory v1");
      assertThat(response.header("x-request-id")).contains("id-1");
      assertThat(response.header("vary")).contains("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "/things", "/things/a/b", "/Things/a"})
  void aPathThatIsNoneIsNotFound(String path) {
    Response response = send("GET", path);
    boolean known = path.equals("/things");
    assertThat(response.status()).isEqualTo(known ? 405 : 404);
    assertThat(response.body().text())
        .isEqualTo(known ? "Method Not Allowed\n" : "404 page not found\n");
    assertThat(response.header("content-type")).contains("text/plain; charset=utf-8");
    assertThat(response.header("x-content-type-options")).contains("nosniff");
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    assertThat(send("DELETE", "/things/x").header("allow")).contains("GET, HEAD, OPTIONS");
    assertThat(send("PUT", "/things").header("allow")).contains("OPTIONS, POST");
    assertThat(send("PUT", "/both").header("allow")).contains("GET, HEAD, OPTIONS, POST");
    assertThat(send("PUT", "/both").status()).isEqualTo(405);
    assertThat(send("POST", "/both").body().text()).isEqualTo("written");
  }

  @Test
  void optionsTellTheMethods() {
    Response response = send("OPTIONS", "/things/x");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("allow")).contains("GET, HEAD, OPTIONS");
    assertThat(send("OPTIONS", "/nope").status()).isEqualTo(404);
  }

  @Test
  void aPreflightIsToldWhatItMayDo() {
    Response response =
        send(
            "OPTIONS",
            "/things",
            Map.of(
                "origin", "http://example.com",
                "access-control-request-method", "POST",
                "access-control-request-headers", "content-type"));
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("access-control-allow-origin")).contains("*");
    assertThat(response.header("access-control-allow-methods")).contains("POST");
    assertThat(response.header("access-control-allow-headers").orElseThrow())
        .contains("content-type", "cache-control");
    assertThat(response.header("vary"))
        .contains("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    assertThat(response.header("access-control-expose-headers")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "GE", "", "GET, HEAD, OPTIONS, POST", ","})
  void aPreflightForAnotherMethodIsNotAllowed(String method) {
    Response response =
        send("OPTIONS", "/things", Map.of("origin", "x", "access-control-request-method", method));
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("access-control-allow-methods")).isEmpty();
  }

  @Test
  void otherOriginsMayReadEverythingProblemsAmongIt() {
    for (String path : List.of("/things/x", "/nope", "/broken", "/things/x/")) {
      Response response = send("GET", path, ORIGIN);
      assertThat(response.header("access-control-allow-origin")).contains("*");
      assertThat(response.header("access-control-expose-headers").orElseThrow())
          .contains("Content-Disposition", "Content-Length", "Content-Type", "ETag", "Retry-After");
    }
    assertThat(send("GET", "/things/x").header("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, //versions, 301, /versions",
    "GET, /things/x/, 301, /things/x",
    "HEAD, /things/x/, 301, /things/x",
    "POST, /things/, 307, /things",
    "GET, //evil.example/%2e/, 301, /evil.example/%252e",
    "GET, ///, 301, /",
    "GET, '/a b//c', 301, /a%20b/c",
    "GET, '/\\evil.example/', 301, /%5Cevil.example",
    "GET, '', 301, /"
  })
  void slashesAreTidied(String method, String path, int status, String location) {
    Response response = send(method, path);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("location")).contains(location);
  }

  @Test
  void tidyingKeepsTheQuery() {
    assertThat(query("/things/x/", "a=b%20c&d").header("location")).contains("/things/x?a=b%20c&d");
  }

  @Test
  void aQueryCannotEndTheHeader() {
    assertThat(query("/things/x/", "a=\r\nx-evil: 1").header("location"))
        .contains("/things/x?a=%0D%0Ax-evil:%201");
  }

  @Test
  void whatIsOutOfReachIsToldAsPassing() {
    Response response = send("GET", "/away");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text()).isEqualTo("service temporarily unavailable\n");
    assertThat(response.header("retry-after")).contains("5");
    assertThat(response.header("cache-control")).contains("no-store");
    assertThat(response.toString()).doesNotContain("secret");
    assertThat(failures).singleElement().isInstanceOf(IOException.class);
  }

  @Test
  void aDefectIsNotExplained() {
    Response response = send("GET", "/broken", Map.of("accept", "application/json"));
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body().text())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                + "\"detail\":\"internal server error\",\"requestId\":\"id-1\"}\n");
    assertThat(send("GET", "/broken").body().text()).isEqualTo("internal server error\n");
    assertThat(failures).hasSize(2);
  }

  private static Response text(String text) {
    return Response.of(200, Response.TEXT, text);
  }

  private Response send(String method, String path) {
    return send(method, path, Map.of());
  }

  private Response send(String method, String path, Map<String, String> headers) {
    return router.apply(new Request(method, path, "", headers, Body.EMPTY, "id-1"));
  }

  private Response query(String path, String query) {
    return router.apply(new Request("GET", path, query, Map.of(), Body.EMPTY, "id-1"));
  }

  @Test
  void routesMatchWholeSegments() {
    Route route = route("GET", "/a/{b}/c", (r, s) -> text(""));
    assertThat(route.match("/a/x/c")).isEqualTo(Optional.of(Map.of("b", "x")));
    assertThat(route.match("/a/x/c/")).isEmpty();
    assertThat(route.match("/a/x")).isEmpty();
    assertThat(route.match("/a/x/C")).isEmpty();
  }

  private static Route route(String method, String pattern, Handler handler) {
    return new Route(method, PathPattern.of(pattern), handler);
  }
}
