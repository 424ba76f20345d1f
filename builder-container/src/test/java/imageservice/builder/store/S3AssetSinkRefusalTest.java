package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageservice.formats.blob.Blob;
import imageservice.ledger.Retention;
import imageservice.ledger.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/// A store that refuses, by a server that answers by a script.
final class S3AssetSinkRefusalTest {
  private interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  private static final Blob CONTENT = AssetSinkContract.content(1 << 20);
  private static final Blob PARTS = AssetSinkContract.content(20 << 20);

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile Script script = exchange -> error(exchange, 500, "InternalError");

  @SuppressWarnings("NullAway.Init") // before each test
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // before each test
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          try (exchange) {
            script.answer(exchange);
          }
        });
    server.start();
    s3 =
        TestS3.client(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), TestS3.SECRET);
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "500, InternalError",
    "503, SlowDown",
    "507, InsufficientStorage"
  })
  void saysWhatTheStoreSays(int status, String code) {
    script = exchange -> error(exchange, status, code);
    for (Blob content : List.of(CONTENT, PARTS)) {
      assertThatThrownBy(() -> put(content))
          .isInstanceOf(StoreException.class)
          .hasMessage("the asset store refuses: status %d, %s".formatted(status, code));
    }
    assertThatThrownBy(() -> sink().copy("from", 1, AssetSinkContract.TARGET))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("status " + status);
  }

  @Test
  void saysThatTheStoreCannotBeReached() {
    script = HttpExchange::close;
    assertThatThrownBy(() -> put(CONTENT))
        .isInstanceOf(StoreException.class)
        .hasMessage("the asset store cannot be reached");
    server.stop(0);
    assertThatThrownBy(() -> put(CONTENT))
        .isInstanceOf(StoreException.class)
        .hasMessage("the asset store cannot be reached");
  }

  @Test
  void abortsAnUploadWhosePartIsRefused() {
    script = S3AssetSinkRefusalTest::refuseParts;
    assertThatThrownBy(() -> put(PARTS))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("AccessDenied");
    assertThat(asked.getLast()).startsWith("DELETE /assets/").endsWith("?uploadId=u1");
  }

  /// Of a part, and of a whole object.
  @Test
  void saysThatPassingContentCannotBeKept() throws IOException {
    script = S3AssetSinkRefusalTest::refuseParts;
    for (Blob content : List.of(PARTS, CONTENT)) {
      assertThatThrownBy(() -> keep(content))
          .isInstanceOf(StoreException.class)
          .hasMessage("the asset store refuses: status 403, AccessDenied");
    }
    assertThat(asked.stream().filter(request -> request.startsWith("DELETE"))).hasSize(1);
  }

  @Test
  void takesAnObjectThatIsThereForStored() throws IOException {
    script = exchange -> thereSince(exchange, NOW.minus(Retention.FRESH).plusSeconds(9));
    assertThat(put(CONTENT)).isEqualTo(AssetSinkContract.stored(CONTENT));
    assertThat(asked).hasSize(2);
  }

  /// The bucket would remove the object while its new record is still good.
  @Test
  void writesAnObjectAnewThatIsOld() throws IOException {
    script = exchange -> thereSince(exchange, NOW.minus(Retention.FRESH));
    put(CONTENT);
    assertThat(asked).hasSize(3);
    assertThat(asked.get(2)).startsWith("PUT ");
    assertThat(sink().has("key", CONTENT.length())).isFalse();
  }

  @Test
  void asksWhetherAnObjectIsThereThatSomebodyElseWasWriting() throws IOException {
    script =
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            there(exchange, NOW);
          } else {
            error(exchange, 409, "ConditionalRequestConflict");
          }
        };
    assertThat(put(CONTENT).size()).isEqualTo(CONTENT.length());
  }

  @Test
  void failsWhereSomebodyElseWroteInVain() {
    script =
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            error(exchange, 409, "ConditionalRequestConflict");
          }
        };
    assertThatThrownBy(() -> put(CONTENT))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("status 409, ConditionalRequestConflict");
  }

  @Test
  void sendsAPartAgainThatDidNotGetThrough() throws IOException {
    script =
        exchange -> {
          if (asked.size() < 3) {
            error(exchange, 503, "SlowDown");
          } else {
            answer(exchange, 200, "");
          }
        };
    assertThat(put(CONTENT)).isEqualTo(AssetSinkContract.stored(CONTENT));
    assertThat(asked).hasSize(3);
  }

  /// A store that begins and ends uploads.
  private static void refuseParts(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" ->
          answer(
              exchange,
              200,
              "<InitiateMultipartUploadResult><UploadId>u1</UploadId>"
                  + "</InitiateMultipartUploadResult>");
      case "DELETE" -> answer(exchange, 204, "");
      default -> error(exchange, 403, "AccessDenied");
    }
  }

  /// A store that has the object, and takes it anew without a condition.
  private static void thereSince(HttpExchange exchange, Instant since) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      there(exchange, since);
    } else if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
      error(exchange, 412, "PreconditionFailed");
    } else {
      answer(exchange, 200, "");
    }
  }

  private static void there(HttpExchange exchange, Instant since) throws IOException {
    exchange
        .getResponseHeaders()
        .add(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(since.atOffset(ZoneOffset.UTC)));
    exchange.getResponseHeaders().add("Content-Length", Long.toString(CONTENT.length()));
    exchange.sendResponseHeaders(200, -1);
  }

  private AssetSink sink() {
    return new S3AssetSink(
        () -> s3,
        TestS3.BUCKET,
        AssetSinkContract.BUFFERS,
        InstantSource.fixed(NOW),
        Retention.FRESH);
  }

  private void keep(Blob content) throws IOException {
    S3Material material =
        new S3Material(
            () -> s3,
            TestS3.BUCKET,
            AssetSinkContract.BUFFERS,
            AssetSinkContract.BUFFERS,
            InstantSource.fixed(NOW),
            Retention.FRESH,
            blob -> Optional.empty());
    try (InputStream in = content.open();
        SharedContent.Keeping keeping =
            material.keep(AssetSinkContract.digest(content), content.length())) {
      byte[] all = in.readAllBytes();
      keeping.write(all, 0, all.length);
      keeping.end();
    }
  }

  private StoredObject put(Blob content) throws IOException {
    return sink().put(AssetSinkContract.TARGET, content, AssetSinkContract.IGNORED);
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    answer(
        exchange,
        status,
        "<Error><Code>%s</Code><Message>because of %s</Message></Error>".formatted(code, code));
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
