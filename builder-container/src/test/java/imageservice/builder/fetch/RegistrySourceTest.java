package imageservice.builder.fetch;

import static imageservice.builder.fetch.FakeRegistry.cut;
import static imageservice.builder.fetch.FakeRegistry.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RegistrySourceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final long SEED = 20260102L;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Nested
  final class Contract extends ImageSourceContract {
    private TestImages served = new TestImages();

    @Override
    ImageSource source(TestImages images) throws IOException {
      served = images;
      return RegistrySourceTest.this.source(registry(images));
    }

    @Override
    void replace(Digest digest, byte[] content) {
      served.blobs().put(digest, content);
    }
  }

  @Test
  void answersABearerChallengeAndKeepsTheTokenUntilItExpires() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> token(registry, exchange, 300));
    RegistrySource source = source(registry);
    source.resolve("imager", "v1");
    source.tags("imager");
    now.set(NOW.plusSeconds(291));
    source.tags("imager");
    String head = "HEAD /v2/siderolabs/imager/manifests/v1";
    String tags = "GET /v2/siderolabs/imager/tags/list?n=1000";
    String token = "GET /token?service=registry&scope=repository%3Asiderolabs%2Fimager%3Apull";
    String sent = " Authorization=Bearer secret";
    assertThat(registry.requests())
        .containsExactly(head, token, head + sent, tags + sent, tags, token, tags + sent);
  }

  @Test
  void asksForATokenAgainWhereOneIsRevoked() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    AtomicInteger revoked = new AtomicInteger();
    registry.first(exchange -> {
      boolean listed = exchange.getRequestURI().getPath().endsWith("list");
      if (listed && revoked.getAndIncrement() == 0) {
        return challenge(
            exchange, "Bearer realm=\"http://%s/token\"".formatted(registry.authority()));
      }
      return token(registry, exchange, 300);
    });
    RegistrySource source = source(registry);
    source.resolve("imager", "v1");
    assertThat(source.tags("imager")).containsExactly("v1");
  }

  @Test
  void sendsTheCredentialToTheTokenServerAndToBasicRegistries() throws IOException {
    FakeRegistry bearer = registry(TestImages.small());
    bearer.first(exchange -> token(bearer, exchange, 300));
    source(bearer, Optional.of(new Credential("me", "pass"))).tags("imager");
    assertThat(bearer.requests().get(1)).endsWith(" Authorization=Basic bWU6cGFzcw==");
    assertThat(bearer.requests().get(2)).endsWith(" Authorization=Bearer secret");

    FakeRegistry basic = registry(TestImages.small());
    basic.first(exchange ->
        exchange.getRequestHeaders().getFirst("Authorization") == null
            && challenge(exchange, "Basic realm=\"x\""));
    source(basic, Optional.of(new Credential("me", "pass"))).tags("imager");
    assertThat(basic.requests().getLast()).endsWith(" Authorization=Basic bWU6cGFzcw==");
  }

  @Test
  void isDeniedWithoutACredential() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> challenge(exchange, "Basic realm=\"x\""));
    assertThatThrownBy(() -> source(registry).resolve("imager", "v1"))
        .isInstanceOf(SourceException.Denied.class)
        .hasMessage(
            "imager:v1: %s/siderolabs/ answered 401; check the repository's name, that it is public, or the credential"
                .formatted(registry.authority()));
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void isDeniedByATokenServer() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange ->
        exchange.getRequestURI().getPath().equals("/token")
            ? answer(exchange, 403, "{}")
            : challenge(
                exchange, "Bearer realm=\"http://%s/token\"".formatted(registry.authority())));
    assertThatThrownBy(() -> source(registry).resolve("imager", "v1"))
        .isInstanceOf(SourceException.Denied.class)
        .hasMessageStartingWith("token for imager:v1: ");
  }

  @Test
  void asksNoTokenServerThatIsNoUrl() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    for (String realm : List.of("file:///etc/passwd", "://", "")) {
      registry.first(exchange -> challenge(exchange, "Bearer realm=\"" + realm + "\""));
      assertThatThrownBy(() -> source(registry).tags("imager"))
          .isInstanceOf(SourceException.Malformed.class)
          .hasMessageContaining("a token server that must not be asked: " + realm);
    }
  }

  @Test
  void waitsAsLongAsItIsAskedAndTriesAgain() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(429, "7", 1));
    assertThat(source(registry).tags("imager")).containsExactly("v1");
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void waitsUntilADateAndNeverLongerThanAMinute() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(503, "Fri, 02 Jan 2026 03:04:25 GMT", 1));
    source(registry).tags("imager");
    registry.first(failing(503, "86400", 1));
    source(registry).tags("imager");
    assertThat(waits).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(60));
  }

  @Test
  void doublesItsWaitsAndScattersThem() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(500, "", 3));
    assertThat(source(registry).tags("imager")).containsExactly("v1");
    assertThat(waits)
        .containsExactly(Duration.ofMillis(750), Duration.ofMillis(1500), Duration.ofMillis(3000));
  }

  @Test
  void givesUpAndSaysHowLongToWait() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(429, "30", 99));
    assertThatThrownBy(() -> source(registry).tags("imager"))
        .isInstanceOfSatisfying(
            SourceException.Unavailable.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)))
        .hasMessage(
            "imager: %s/siderolabs/ answered 429; try again later or check the network"
                .formatted(registry.authority()));
    assertThat(registry.requests()).hasSize(4);
  }

  @Test
  void triesAgainWhereNobodyListens() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.close();
    assertThatThrownBy(() -> source(registry).tags("imager"))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageStartingWith("imager: no answer from " + registry.prefix());
    assertThat(waits).hasSize(3);
  }

  @Test
  void fallsBackToGetWhereHeadIsNotAnswered() throws IOException {
    TestImages images = TestImages.small();
    FakeRegistry registry = registry(images);
    registry.first(
        exchange -> exchange.getRequestMethod().equals("HEAD") && answer(exchange, 405, ""));
    assertThat(source(registry).resolve("imager", "v1")).isEqualTo(images.tags().get("v1"));
    registry.first(
        exchange -> exchange.getRequestMethod().equals("HEAD") && answer(exchange, 200, ""));
    assertThat(source(registry).resolve("imager", "v1")).isEqualTo(images.tags().get("v1"));
  }

  @Test
  void followsPagesOfTags() throws IOException {
    FakeRegistry registry = registry(new TestImages());
    registry.first(exchange -> {
      String query = exchange.getRequestURI().getQuery();
      if (query.equals("n=1000")) {
        exchange.getResponseHeaders().set("Link", "<list?n=1000&last=b>; rel=\"next\"");
        return answer(exchange, 200, "{\"tags\":[\"c\",\"b\"]}");
      }
      return answer(exchange, 200, "{\"tags\":[\"a\",\"b\"]}");
    });
    assertThat(source(registry).tags("imager")).containsExactly("a", "b", "c");
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void followsNoPageElsewhereNorWithoutEnd() throws IOException {
    FakeRegistry registry = registry(new TestImages());
    registry.first(link("<http://127.0.0.2/v2/x>; rel=\"next\""));
    assertThatThrownBy(() -> source(registry).tags("imager"))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("a Link that leads away");
    registry.first(link("<list?n=1000>; rel=next"));
    assertThatThrownBy(() -> source(registry).tags("imager"))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("more than 100 pages of tags");
  }

  @Test
  void goesOnWhereAConnectionWasCut() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(200_000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(once(exchange -> cut(exchange, Arrays.copyOf(content, 70_000), 200_000)));
    assertThat(ImageSourceContract.read(source(registry), blob)).isEqualTo(content);
    assertThat(registry.requests()).hasSize(2);
    assertThat(registry.requests().getLast()).matches(".* Range=bytes=[1-9][0-9]*-");
  }

  @Test
  void skipsWhatItHasWhereRangesAreNotKnown() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(200_000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    AtomicInteger requests = new AtomicInteger();
    registry.first(exchange -> {
      if (requests.getAndIncrement() == 0) {
        cut(exchange, Arrays.copyOf(content, 70_000), 200_000);
      }
      return answer(exchange, 200, content);
    });
    assertThat(ImageSourceContract.read(source(registry), blob)).isEqualTo(content);
  }

  @Test
  void noticesWhenWhatGoesOnIsOtherContent() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(200_000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(once(exchange -> cut(exchange, new byte[70_000], 200_000)));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Tampered.class);
  }

  @Test
  void givesUpOnAConnectionThatIsAlwaysCut() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", random(1000));
    FakeRegistry registry = registry(images);
    registry.first(exchange -> {
      cut(exchange, new byte[1], 1000);
      return true;
    });
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageStartingWith("imager@" + blob.digest() + ": ");
  }

  @Test
  void failsOnATruncatedBody() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", random(1000));
    FakeRegistry registry = registry(images);
    registry.first(exchange -> answer(exchange, 200, new byte[999]));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Tampered.class)
        .hasMessageContaining("has 999 bytes, its manifest says 1000");
    registry.first(exchange -> chunked(exchange, new byte[999]));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("byte 999 of 1000");
  }

  @Test
  void stopsAnEndlessBody() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", random(1000));
    Descriptor manifest = images.blob("x", random(1000));
    FakeRegistry registry = registry(images);
    registry.first(RegistrySourceTest::endless);
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("goes on beyond the 1000 bytes its manifest says");
    assertThatThrownBy(() -> source(registry).manifest("imager", manifest.digest()))
        .isInstanceOf(SourceException.TooLarge.class);
    assertThatThrownBy(() -> source(registry).tags("imager"))
        .isInstanceOf(SourceException.TooLarge.class);
  }

  @Test
  void dropsTheCredentialAcrossHosts() throws IOException {
    TestImages images = TestImages.small();
    Descriptor blob = images.blob("x", random(1000));
    FakeRegistry storage = registry(images);
    FakeRegistry registry = registry(images);
    registry.first(exchange -> {
      String path = exchange.getRequestURI().getPath();
      if (!path.contains("/blobs/")
          || exchange.getRequestHeaders().getFirst("Authorization") == null) {
        return token(registry, exchange, 300);
      }
      exchange.getResponseHeaders().set("Location", "http://" + storage.authority() + path);
      return answer(exchange, 307, "");
    });
    assertThat(ImageSourceContract.read(source(registry), blob)).hasSize(1000);
    assertThat(registry.requests().getLast()).contains("Authorization=Bearer secret");
    assertThat(storage.requests())
        .containsExactly("GET /v2/siderolabs/imager/blobs/" + blob.digest());
  }

  @Test
  void keepsTheCredentialOnTheSameHost() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> {
      if (exchange.getRequestHeaders().getFirst("Authorization") != null
          && exchange.getRequestURI().getQuery() != null
          && exchange.getRequestURI().getQuery().equals("n=1000")) {
        exchange.getResponseHeaders().set("Location", "list?n=1");
        return answer(exchange, 302, "");
      }
      return token(registry, exchange, 300);
    });
    source(registry).tags("imager");
    assertThat(registry.requests().getLast()).endsWith("list?n=1 Authorization=Bearer secret");
  }

  @Test
  void followsNoRedirectWithoutEndNorToAFile() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(redirect("list?n=1000"));
    assertThatThrownBy(() -> source(registry).tags("imager"))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("more than 5 redirects");
    for (String target :
        List.of("file:///etc/passwd", "http://127.0.0.1:40440423/", "http://a@127.0.0.1/", ":")) {
      registry.first(redirect(target));
      assertThatThrownBy(() -> source(registry).tags("imager"))
          .isInstanceOf(SourceException.Malformed.class)
          .hasMessageContaining("a redirect that cannot be followed");
    }
  }

  @Test
  void losesPatienceWithABodyThatStops() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(2000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    CountDownLatch end = new CountDownLatch(1);
    registry.first(once(exchange -> stall(exchange, Arrays.copyOf(content, 1000), end)));
    RegistrySource source =
        new RegistrySource(
            registry.prefix(),
            Optional.empty(),
            RegistrySource.client(),
            retries(),
            now::get,
            Duration.ofMillis(300));
    assertThat(ImageSourceContract.read(source, blob)).isEqualTo(content);
    assertThat(registry.requests().getLast()).endsWith("Range=bytes=1000-");
    end.countDown();
  }

  @Test
  void refusesAClientThatFollowsRedirectsItself() {
    assertThatThrownBy(() ->
            new RegistrySource(
                RegistryPrefix.parse("registry.test/x"),
                Optional.empty(),
                java.net.http.HttpClient.newBuilder()
                    .followRedirects(java.net.http.HttpClient.Redirect.ALWAYS)
                    .build(),
                retries(),
                now::get,
                Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a client that follows redirects itself");
  }

  private FakeRegistry registry(TestImages images) throws IOException {
    FakeRegistry registry = new FakeRegistry(images);
    opened.add(registry);
    return registry;
  }

  private RegistrySource source(FakeRegistry registry) {
    return source(registry, Optional.empty());
  }

  private RegistrySource source(FakeRegistry registry, Optional<Credential> credential) {
    return new RegistrySource(
        registry.prefix(),
        credential,
        RegistrySource.client(),
        retries(),
        now::get,
        Duration.ofSeconds(60));
  }

  private Retries retries() {
    return new Retries(4, waits::add, () -> 0.5);
  }

  private static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(SEED).nextBytes(content);
    return content;
  }

  private static boolean answer(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body);
    return true;
  }

  private static boolean answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    send(exchange, status, body);
    return true;
  }

  private static boolean challenge(HttpExchange exchange, String challenge) throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    return answer(exchange, 401, "");
  }

  /// Lets in who has the token, and gives it to who asks.
  private static boolean token(FakeRegistry registry, HttpExchange exchange, int seconds)
      throws IOException {
    if (exchange.getRequestURI().getPath().equals("/token")) {
      return answer(exchange, 200, "{\"token\":\"secret\",\"expires_in\":%d}".formatted(seconds));
    }
    return !Objects.equals(exchange.getRequestHeaders().getFirst("Authorization"), "Bearer secret")
        && challenge(
            exchange,
            "Bearer realm=\"http://%s/token\",service=\"registry\",scope=\"repository:siderolabs/imager:pull\""
                .formatted(registry.authority()));
  }

  private static FakeRegistry.Answer failing(int status, String retryAfter, int times) {
    AtomicInteger failed = new AtomicInteger();
    return exchange -> {
      if (failed.getAndIncrement() >= times) {
        return false;
      }
      if (!retryAfter.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
      return answer(exchange, status, "");
    };
  }

  private interface Misbehaviour {
    void handle(HttpExchange exchange) throws IOException;
  }

  private static FakeRegistry.Answer once(Misbehaviour misbehaviour) {
    AtomicInteger requests = new AtomicInteger();
    return exchange -> {
      if (requests.getAndIncrement() > 0) {
        return false;
      }
      misbehaviour.handle(exchange);
      return true;
    };
  }

  private static FakeRegistry.Answer link(String value) {
    return exchange -> {
      exchange.getResponseHeaders().set("Link", value);
      return answer(exchange, 200, "{\"tags\":[]}");
    };
  }

  private static FakeRegistry.Answer redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      return answer(exchange, 302, "");
    };
  }

  private static boolean chunked(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(body);
    exchange.close();
    return true;
  }

  private static boolean endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    while (true) {
      out.write(new byte[64 << 10]); // until the client closes the connection
    }
  }

  private static void stall(HttpExchange exchange, byte[] body, CountDownLatch end)
      throws IOException {
    exchange.sendResponseHeaders(200, 2000);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("stalled");
  }
}
