package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.json.JsonFields;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HTTP clients do not let through, byte for byte.
@Timeout(60)
final class GatewayWireTest {
  private static final String OK =
      "{\"statusCode\":200,\"headers\":{},\"body\":\"hello\",\"isBase64Encoded\":false}";
  private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  private static final String KEPT = " HTTP/1.1\r\nHost: x\r\n";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private Gateway gateway = Wire.bound(Gateway.Limits.STANDARD);

  @BeforeEach
  void start() {
    gateway.start(Wire.backend(function(), System.err));
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
    "http://y/y, /y",
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

  @Test
  void tellsTheMethodsOfTheServer() throws Exception {
    assertThat(exchange("OPTIONS *" + LAST + "\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("\r\nallow: GET, HEAD, OPTIONS, POST\r\n");
  }

  @Test
  void takesTheHeadersThatApiGatewayTakes() throws Exception {
    String header = "X: " + "a".repeat(9 << 10) + "\r\n";
    assertThat(exchange("GET /" + LAST + header + "\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(event().object("headers").text("x")).hasSize(9 << 10);
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
      Wire.send(socket, "POST /" + LAST + header + "Content-Length: 1048577\r\n\r\n");
      String refused = "HTTP/1.1 413 ";
      assertThat(socket.getInputStream().readNBytes(refused.length()))
          .asString()
          .isEqualTo(refused);
    }
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
