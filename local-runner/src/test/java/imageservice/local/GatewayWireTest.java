package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HTTP clients do not let through, byte for byte.
final class GatewayWireTest {
  private static final String OK =
      "{\"statusCode\":200,\"headers\":{},\"body\":\"hello\",\"isBase64Encoded\":false}";
  private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  private static final String KEPT = " HTTP/1.1\r\nHost: x\r\n";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private Gateway gateway = Wire.bound(Gateway.SILENCE, Gateway.MOST_CONNECTIONS);

  @BeforeEach
  void start() {
    gateway.start(Wire.everywhere(function()));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "//image//x, //image//x",
    "//, //",
    "/image/%2e%2e/x, /image/../x",
    "/a%2Fb%5C, /a/b\\",
    "/a;b=c, /a;b=c",
    "/%c3%a9, /\u00e9",
    "/\u00e9, /\u00e9",
    "/%c3%28, /\uFFFD(",
    "http://x/y, /y",
  })
  void decodesPaths(String sent, String path) throws Exception {
    assertThat(exchange("GET " + sent + LAST + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(event().text("rawPath")).isEqualTo(path);
  }

  @Test
  void handsAnEmptyQueryOn() throws Exception {
    assertThat(exchange("GET /a?" + LAST + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(event().text("rawQueryString")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%zz",
        "/%",
        "/^",
        "/a b",
        "/a\\b",
        "/a%00b",
        "/../x",
        "/%2e%2e/x",
        "/?%zz",
        "/?^",
        "a",
        "*",
        "http://y/"
      })
  void refusesMalformedAddresses(String target) throws Exception {
    refuses("GET " + target + LAST + "\r\n", "400 Bad Request", "Bad Request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n",
        "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: \u0000\r\n\r\n",
        "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
      })
  void refusesMalformedRequests(String request) throws Exception {
    refuses(request, "400 Bad Request", "Bad Request");
  }

  @Test
  void takesTheHeadersThatApiGatewayTakes() throws Exception {
    String header = "X: " + "a".repeat(9 << 10) + "\r\n";
    assertThat(exchange("GET /" + LAST + header + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(event().object("headers").text("x")).hasSize(9 << 10);
  }

  @Test
  void refusesLongerHeaders() throws Exception {
    String why = "Request Header Fields Too Large";
    String header = "X: " + "a".repeat(12 << 10) + "\r\n";
    refuses("GET /" + LAST + header + "\r\n", "431 " + why, why);
    refuses("GET /" + LAST + "X: aaaaaaaa\r\n".repeat(1_000) + "\r\n", "431 " + why, why);
    refuses("GET /" + "a".repeat(12 << 10) + LAST + "\r\n", "414 URI Too Long", "URI Too Long");
  }

  @Test
  void answersRequestsOnOneConnectionInTurn() throws Exception {
    String answers =
        exchange(
            "GET /1"
                + KEPT
                + "\r\n"
                + "POST /2"
                + KEPT
                + "Content-Length: 2\r\n\r\nab"
                + "GET /3"
                + LAST
                + "\r\n");
    assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(4);
    assertThat(event().text("rawPath")).isEqualTo("/1");
    assertThat(event().text("rawPath")).isEqualTo("/2");
    assertThat(event().text("rawPath")).isEqualTo("/3");
  }

  @Test
  void answersHttp10() throws Exception {
    assertThat(exchange("GET / HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("\r\n\r\nhello");
  }

  @Test
  void putsChunksTogetherAndLeavesTrailersOut() throws Exception {
    String chunks = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n";
    assertThat(exchange("POST /" + LAST + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
        .startsWith("HTTP/1.1 200 ");
    JsonFields event = event();
    assertThat(Base64.getDecoder().decode(event.text("body"))).asString().isEqualTo("abcde");
    assertThat(event.object("headers").names()).doesNotContain("x-trailer");
  }

  @Test
  void asksForABodyThatWaitsForThat() throws Exception {
    try (Socket socket = Wire.connect(gateway)) {
      Wire.send(socket, "POST /" + LAST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      String asked = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(socket.getInputStream().readNBytes(asked.length())).asString().isEqualTo(asked);
      Wire.send(socket, "ab");
      assertThat(Wire.rest(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
  void refusesALengthAtOnce(String header) throws Exception {
    try (Socket socket = Wire.connect(gateway)) {
      Wire.send(socket, "POST /" + LAST + header + "Content-Length: 10485761\r\n\r\n");
      String refused = "HTTP/1.1 413 ";
      assertThat(socket.getInputStream().readNBytes(refused.length()))
          .asString()
          .isEqualTo(refused);
    }
    assertThat(events).isEmpty();
  }

  private void refuses(String request, String status, String message) throws Exception {
    String answer = exchange(request);
    assertThat(answer).startsWith("HTTP/1.1 " + status + "\r\n");
    assertThat(answer).containsIgnoringCase("\r\ncontent-type: application/json\r\n");
    assertThat(answer).containsPattern("\r\nx-request-id: [-0-9a-f]{36}\r\n");
    assertThat(answer).endsWith("\r\n\r\n" + JsonText.object().put("message", message));
    assertThat(events).isEmpty();
  }

  private RequestStreamHandler function() {
    return (in, out, context) -> {
      events.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      out.write(OK.getBytes(StandardCharsets.UTF_8));
    };
  }

  private JsonFields event() throws Exception {
    return JsonFields.parse(events.take());
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = Wire.connect(gateway)) {
      Wire.send(socket, request);
      return Wire.rest(socket);
    }
  }
}
