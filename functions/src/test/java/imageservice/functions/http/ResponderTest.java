package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResponderTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Responder responder =
      new Responder(
          "server", new JsonRequestLog(new PrintStream(log, true, StandardCharsets.UTF_8)));

  @Test
  void keepsThePreconditionsOfWhateverHasAState() {
    Response whole = Response.of(200).with("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT");
    Request known = request(Map.of("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT"));
    assertThat(responder.respond(known, whole).status()).isEqualTo(304);
    Request wanted = request(Map.of("if-match", "\"x\""));
    Response refused = responder.respond(wanted, whole);
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.header("content-type")).contains(Response.TEXT);
    assertThat(refused.header("x-request-id")).contains("id");
    assertThat(refused.header("server")).contains("server");
  }

  @Test
  void logsTheLengthThatIsStated() {
    responder.respond(request(Map.of()), Response.of(200).with("content-length", "5000000000"));
    responder.respond(request(Map.of()), Problem.of(400, "no"));
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "{\"event\":\"request\",\"requestId\":\"id\",\"method\":\"GET\",\"path\":\"/a\",\"status\":200,\"bytes\":5000000000}",
            "{\"event\":\"request\",\"requestId\":\"id\",\"method\":\"GET\",\"path\":\"/a\",\"status\":400,\"bytes\":3}");
  }

  private static Request request(Map<String, String> headers) {
    return new Request("GET", "/a", "", headers, Body.EMPTY, "id");
  }
}
