package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.functions.Endpoint;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayTest {
  private static final String OK =
      "{\"statusCode\":200,\"headers\":{\"X-One\":\"1\"},\"body\":\"hello\",\"isBase64Encoded\":false}";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient http = HttpClient.newHttpClient();
  private Gateway gateway = bound(Gateway.TIMEOUT);
  private volatile String answer = OK;

  @BeforeEach
  void start() {
    Map<Endpoint.Owner, RequestStreamHandler> functions =
        Map.of(
            Endpoint.Owner.ASSET, handler("image"),
            Endpoint.Owner.CONFIGURATION, handler("configuration"),
            Endpoint.Owner.RELEASE, handler("other"));
    gateway.start(Wire.backend(functions, new PrintStream(log, true, StandardCharsets.UTF_8)));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    http.shutdownNow();
  }

  @Test
  void makesAnEventOfARequest() throws Exception {
    HttpResponse<String> response =
        send(
            request("/a%20b/%C3%A9?x=%20y&x=2")
                .headers("X-Two", "1", "X-Two", "2", "ACCEPT", "text/plain")
                .POST(BodyPublishers.ofByteArray(new byte[] {0, (byte) 0xFF})));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.headers().firstValue("x-one")).contains("1");
    assertThat(response.headers().firstValue("date")).isPresent();
    assertThat(response.headers().firstValue("server")).isEmpty();
    JsonFields event = event();
    assertThat(event.text("version")).isEqualTo("2.0");
    assertThat(event.text("rawPath")).isEqualTo("/a b/\u00e9");
    assertThat(event.text("rawQueryString")).isEqualTo("x=%20y&x=2");
    assertThat(event.object("headers").text("x-two")).isEqualTo("1,2");
    assertThat(event.object("headers").text("accept")).isEqualTo("text/plain");
    assertThat(event.object("requestContext").object("http").text("method")).isEqualTo("POST");
    assertThat(event.flag("isBase64Encoded")).isTrue();
    assertThat(Base64.getDecoder().decode(event.text("body"))).containsExactly(0, 0xFF);
  }

  @Test
  void choosesTheFunctionByTheFirstSegment() throws Exception {
    send(request("/image/a"));
    send(request("/images/a"));
    send(request("/"));
    assertThat(events.take()).startsWith("image ");
    assertThat(events.take()).startsWith("other ");
    assertThat(events.take()).startsWith("other ");
  }

  @Test
  void sendsBytes() throws Exception {
    answer = event(200, Base64.getEncoder().encodeToString(new byte[] {0, (byte) 0xFF}), true);
    HttpResponse<byte[]> response = http.send(request("/").build(), BodyHandlers.ofByteArray());
    assertThat(response.body()).containsExactly(0, 0xFF);
  }

  @Test
  void sendsALocationThreeTimesAsLongAsAPath() throws Exception {
    String location = "/" + "%C3".repeat(10_240);
    answer = redirection(location);
    assertThat(send(request("/")).headers().firstValue("location")).contains(location);
  }

  @Test
  void endsTheConnectionBehindALongHeadWhereItsClientWishes() throws Exception {
    answer = redirection("/" + "a".repeat(10_240));
    try (Socket socket = Wire.connect(gateway)) {
      Wire.send(socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(Wire.rest(socket)).containsIgnoringCase("\r\nconnection: close\r\n");
    }
  }

  private static String redirection(String location) {
    return JsonText.object()
        .put("statusCode", 301)
        .put("headers", JsonText.object().put("location", location))
        .put("body", "")
        .put("isBase64Encoded", false)
        .toString();
  }

  @Test
  void keepsTheConnectionOfARefusalThatIsAFunctionsOwn() throws Exception {
    answer = event(413, "", false);
    assertThat(send(request("/")).headers().firstValue("connection")).isEmpty();
  }

  @Test
  void leavesTheBodyOfAHeadOutAndTellsItsLength() throws Exception {
    HttpResponse<String> response = send(request("/").HEAD());
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("content-length")).contains("5");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void sendsNoBodyWhereThereCanBeNone(int status) throws Exception {
    answer = event(status, "", false);
    assertThat(send(request("/")).statusCode()).isEqualTo(status);
    assertThat(send(request("/")).body()).isEmpty();
  }

  @Test
  void endsARequestThatTakesTooLong() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Gateway impatient = bound(Duration.ofMillis(50))) {
      RequestStreamHandler waiting =
          (in, out, context) -> {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          };
      impatient.start(Wire.backend(waiting, System.err));
      HttpResponse<String> response =
          send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + impatient.port() + "/")));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("content-type")).contains(Response.TEXT);
      assertThat(response.headers().firstValue("retry-after")).contains("5");
      assertThat(response.body())
          .isEqualTo("the service did not answer in time; repeat the request\n");
    }
  }

  @Test
  void refusesADocumentOfMoreThanAMegabyte() throws Exception {
    HttpResponse<String> response =
        send(request("/").POST(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1])));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).isEqualTo("the document is larger than 1048576 bytes\n");
    assertThat(events).isEmpty();
    assertThat(send(request("/").POST(BodyPublishers.ofByteArray(new byte[1 << 20]))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesMoreThanAMegabyteOfUnstatedLength() throws Exception {
    byte[] large = new byte[(1 << 20) + 1];
    HttpResponse<String> response =
        send(
            request("/").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(events).isEmpty();
  }

  @Test
  void takesTheLargestDocumentThatTheServiceTakes() throws Exception {
    String document = "#" + " ".repeat(GatewayBodies.LARGEST);
    assertThatThrownBy(() -> new ConfigurationDecoder(false).decode(ascii(document)))
        .hasMessageContaining("larger than " + GatewayBodies.LARGEST + " bytes");
    String shorter = "{}" + " ".repeat(GatewayBodies.LARGEST - 2);
    assertThat(new ConfigurationDecoder(false).decode(ascii(shorter))).isNotNull();
  }

  @Test
  void passesTheLengthOnThatAHandlerStatesToHead() throws Exception {
    JsonText headers = JsonText.object().put("Content-Length", "5000000000").put("etag", "\"a\"");
    answer =
        JsonText.object()
            .put("statusCode", 200)
            .put("headers", headers)
            .put("body", "")
            .put("isBase64Encoded", false)
            .toString();
    HttpResponse<String> response = send(request("/").HEAD());
    assertThat(response.headers().firstValue("content-length")).contains("5000000000");
    assertThat(response.headers().firstValue("etag")).contains("\"a\"");
    assertThat(send(request("/")).headers().firstValue("content-length")).contains("0");
  }

  @Test
  void refusesAnAnswerOfMoreThanSixMegabytes() throws Exception {
    answer = event(200, "x".repeat(6 << 20), false);
    assertThat(send(request("/")).statusCode()).isEqualTo(500);
    answer = event(200, "x".repeat((6 << 20) - 1000), false);
    assertThat(send(request("/")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no event", "{}", "{\"statusCode\":200}"})
  void givesNothingAwayOfAFunctionThatFails(String nonsense) throws Exception {
    answer = nonsense;
    HttpResponse<String> response = send(request("/"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("internal server error\n");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"event\":\"failure\"");
  }

  @Test
  void outlivesClientsThatLeave() throws Exception {
    answer = event(200, "x".repeat(5 << 20), false);
    for (int i = 0; i < 20; i++) {
      try (Socket socket = connect()) {
        String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        events.take();
      }
    }
    answer = OK;
    assertThat(send(request("/")).body()).isEqualTo("hello");
  }

  @Test
  void saysThatAPortIsTaken() {
    assertThatThrownBy(
            () -> Gateway.bind(ListenAddress.loopback(gateway.port()), Gateway.Limits.STANDARD))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("port " + gateway.port() + " is taken (")
        .hasMessageEndingWith("); stop what uses it, or choose another with --port");
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
  }

  private RequestStreamHandler handler(String name) {
    return (in, out, context) -> {
      events.add(name + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
      out.write(answer.getBytes(StandardCharsets.UTF_8));
    };
  }

  private JsonFields event() throws Exception {
    return JsonFields.parse(events.take().split(" ", 2)[1]);
  }

  private static String event(int status, String body, boolean base64) {
    return JsonText.object()
        .put("statusCode", status)
        .put("headers", JsonText.object())
        .put("body", body)
        .put("isBase64Encoded", base64)
        .toString();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Gateway bound(Duration timeout) {
    return Wire.bound(
        new Gateway.Limits(
            timeout, Gateway.SILENCE, GatewayPatience.ARRIVAL, Gateway.MOST_CONNECTIONS));
  }
}
