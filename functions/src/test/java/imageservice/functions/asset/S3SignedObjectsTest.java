package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

@Timeout(60)
final class S3SignedObjectsTest {
  private static final AssetLinks.Found OTHER =
      new AssetLinks.Found(1, "\"other\"", Instant.EPOCH, "text/plain");

  private final Map<String, String> headers =
      new HashMap<>(
          Map.of(
              "Content-Length", "42",
              "ETag", "\"tag\"",
              "Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT",
              "Content-Type", "application/x-iso9660-image"));
  private int status = 200;
  private byte[] body = {};
  private String asked = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static final class Other implements S3Objects {
    @Override
    public Optional<AssetLinks.Found> find(String key) {
      return Optional.of(OTHER);
    }

    @Override
    public Optional<byte[]> read(String key, int most) {
      return Optional.of(new byte[] {7});
    }
  }

  private S3SignedObjects objects() {
    S3LinkSigner signer =
        S3LinkSigner.at(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "assets",
            Region.EU_CENTRAL_1,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")));
    return new S3SignedObjects(signer, UrlConnectionHttpClient::create, new Other());
  }

  @Test
  void tellsWhatS3SaysOfAnObject() throws IOException {
    assertThat(objects().find("g1/a b.iso"))
        .contains(
            new AssetLinks.Found(
                42,
                "\"tag\"",
                Instant.parse("2026-10-21T07:28:00Z"),
                "application/x-iso9660-image"));
    assertThat(asked).startsWith("HEAD /assets/g1/a%20b.iso?").contains("X-Amz-Signature=");
  }

  @Test
  void anObjectThatIsGoneIsGone() throws IOException {
    status = 404;
    assertThat(objects().find("g1/gone")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 403, 500, 503})
  void whereS3SaysAnythingElseTheOtherWayIsAsked(int other) throws IOException {
    status = other;
    assertThat(objects().find("g1/object")).contains(OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETag", "Last-Modified", "Content-Type"})
  void whereAnAnswerLacksSomethingTheOtherWayIsAsked(String header) throws IOException {
    headers.remove(header);
    assertThat(objects().find("g1/object")).contains(OTHER);
  }

  @Test
  void readsTheBytesOfAnObject() throws IOException {
    headers.clear();
    body = new byte[] {1, 2, 3};
    assertThat(objects().read("content/a", 3)).contains(body);
    assertThat(asked).startsWith("GET /assets/content/a?");
    assertThatThrownBy(() -> objects().read("content/a", 2))
        .isInstanceOf(IOException.class)
        .hasMessage("an object of more than 2 bytes is not read here");
    status = 404;
    assertThat(objects().read("content/a", 3)).isEmpty();
    status = 503;
    assertThat(objects().read("content/a", 3)).contains(new byte[] {7});
  }

  @Test
  void whereS3IsNotReachedTheOtherWayIsAsked() throws IOException {
    S3SignedObjects objects = objects();
    server.stop(0);
    assertThat(objects.find("g1/object")).contains(OTHER);
    assertThat(objects.read("g1/object", 3)).contains(new byte[] {7});
  }
}
