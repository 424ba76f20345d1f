package imageservice.local;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Malformed requests: each is refused in the service's own form, with an id, and is one line in
/// the log.
@Timeout(60)
final class GatewayMalformedTest {
  private static final String OK =
      "{\"statusCode\":200,\"headers\":{},\"body\":\"hello\",\"isBase64Encoded\":false}";
  private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  private static final String KEPT = " HTTP/1.1\r\nHost: x\r\n";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private Gateway gateway = Wire.bound(Gateway.Limits.STANDARD);

  @BeforeEach
  void start() {
    gateway.start(Wire.backend(function(), new PrintStream(log, true, StandardCharsets.UTF_8)));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/^ ^",
        "/a\\b \\b",
        "/metal-${buildarch} {buildarch}",
        "/?x=%zz %zz",
        "/?^ ^",
        "/?{} {}"
      })
  void saysWhereAnAddressIsMalformed(String target, String place) throws Exception {
    refuses(
        "GET " + target + LAST + "\r\n",
        "400 Bad Request",
        "malformed request: the address cannot be read from \""
            + place
            + "\" on; percent-encode what is not a letter, digit or one of -._~, and look for a"
            + " placeholder that was not filled in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%", "/a%00b", "/../x", "/%2e%2e/x", "a", "y:80"})
  void refusesOtherMalformedAddresses(String target) throws Exception {
    refuses(
        "GET " + target + LAST + "\r\n",
        "400 Bad Request",
        "malformed request: the address or a header cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*GET / HTTP/1.1^^ | No Host",
        "*GET / HTTP/1.1^Host: x^Host: y^^ | Duplicate Host Header",
        "*GET / HTTP/1.1^Host: x^X^^ | Illegal character EOL=0xa",
        "*GET / HTTP/1.1^Host: x^X: \u0000^^ | Illegal character CNTL=0x0",
        "*GET /a b HTTP/1.1^Host: x^^ | Illegal character SPACE=' '",
        "*G(T / HTTP/1.1^Host: x^^ | Illegal character VCHAR='('",
        "*GET * HTTP/1.1^Host: x^^ | Bad URI path",
        "*CONNECT x:80 HTTP/1.1^Host: x:80^^ | the address must begin with a slash, and this is no proxy",
        "*POST / HTTP/1.1^Host: x^Content-Length: -1^^ | Invalid Content-Length Value",
        "*POST / HTTP/1.1^Host: x^Content-Length: 1^Content-Length: 2^^ab | Multiple Content-Lengths",
        "*POST / HTTP/1.1^Host: x^Transfer-Encoding: gzip^^ab | Bad Transfer-Encoding, chunked not last",
      })
  void refusesMalformedHeads(String request, String reason) throws Exception {
    refuses(
        request.substring(1).replace("^", "\r\n"),
        "400 Bad Request",
        "malformed request: " + reason);
  }

  /// TLS is answered at its first byte, whatever would follow.
  @Test
  void refusesTlsAtOnce() throws Exception {
    refuses(
        "\u0016\u0003\u0001\u0002",
        "400 Bad Request",
        "malformed request: Illegal character CNTL=0x16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void refusesOtherVersionsOfHttp(String request) throws Exception {
    refuses(
        request,
        "505 HTTP Version Not Supported",
        "this version of HTTP is not spoken here; use HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nabc\r\n0\r\n\r\n",
        "1\r\nabc\r\n0\r\n\r\n",
        "2 \r\nab\r\n0\r\n\r\n",
        "2\nab\n0\n\n",
        "2\r\nabXX0\r\n\r\n",
        "0\r\nX\r\n\r\n",
      })
  void refusesMalformedChunks(String chunks) throws Exception {
    refuses(
        "POST /" + KEPT + "Transfer-Encoding: chunked\r\n\r\n" + chunks,
        "400 Bad Request",
        "malformed request: the body ends early, or its chunks are malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\na\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\na",
        "Content-Length: 10\r\n\r\n{}"
      })
  void refusesABodyThatEndsEarly(String rest) throws Exception {
    try (Socket socket = Wire.connect(gateway)) {
      Wire.send(socket, "POST /" + KEPT + rest);
      socket.shutdownOutput();
      judge(
          Wire.rest(socket),
          "400 Bad Request",
          "malformed request: the body ends early, or its chunks are malformed");
    }
  }

  @Test
  void explainsItselfInJsonToWhoeverPrefersThat() throws Exception {
    String answer =
        exchange("GET /{" + LAST + "Accept: application/json\r\nX-Request-Id: mine\r\n\r\n");
    assertThat(answer)
        .containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
        .containsIgnoringCase("\r\nx-request-id: mine\r\n")
        .contains("\"title\":\"Bad Request\",\"status\":400,", "\"requestId\":\"mine\"");
  }

  @ParameterizedTest
  @CsvSource({"1, 12288", "1000, 8"})
  void refusesLongerHeaders(int headers, int length) throws Exception {
    refuses(
        "GET /" + LAST + ("X: " + "a".repeat(length) + "\r\n").repeat(headers) + "\r\n",
        "431 Request Header Fields Too Large",
        "the address and headers are longer than 10240 bytes");
  }

  @Test
  void refusesOtherExpectations() throws Exception {
    refuses(
        "POST /" + LAST + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}",
        "417 Expectation Failed",
        "nothing but 100-continue can be expected here; leave out the header Expect");
  }

  @Test
  void refusesLongerAddresses() throws Exception {
    refuses(
        "GET /" + "a".repeat(12 << 10) + LAST + "\r\n",
        "414 URI Too Long",
        "the address is longer than 10240 bytes");
  }

  private void refuses(String request, String status, String detail) throws Exception {
    judge(exchange(request), status, detail);
  }

  private void judge(String answer, String status, String detail) {
    assertThat(answer).startsWith("HTTP/1.1 " + status + "\r\n");
    assertThat(answer).containsIgnoringCase("\r\ncontent-type: text/plain; charset=utf-8\r\n");
    assertThat(answer).containsPattern("(?i)\r\nx-request-id: [-0-9a-f]{36}\r\n");
    assertThat(answer).endsWith("\r\n\r\n" + detail + "\n");
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .singleElement(as(STRING))
        .contains("\"status\":" + status.substring(0, 3));
    assertThat(events).isEmpty();
  }

  private RequestStreamHandler function() {
    return (in, out, context) -> {
      events.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      out.write(OK.getBytes(StandardCharsets.UTF_8));
    };
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = Wire.connect(gateway)) {
      Wire.send(socket, request);
      return Wire.rest(socket);
    }
  }
}
