package imageservice.builder.oci;

import static imageservice.builder.oci.FakeRegistry.send;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;

/// A registry that misbehaves, and a source that waits without waiting.
abstract class RegistryFixture {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final long SEED = 20260102L;

  final List<AutoCloseable> opened = new ArrayList<>();
  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  FakeRegistry registry(TestImages images) throws IOException {
    FakeRegistry registry = new FakeRegistry(images);
    opened.add(registry);
    return registry;
  }

  RegistrySource source(FakeRegistry registry) {
    return source(RegistryAccess.anonymous(registry.prefix()));
  }

  RegistrySource source(FakeRegistry registry, Credential credential) {
    return source(new RegistryAccess(registry.prefix(), credential, AllowedHosts.NONE));
  }

  RegistrySource source(RegistryAccess access) {
    return source(access, TestAccess.PATIENT);
  }

  RegistrySource source(RegistryAccess access, Patience patience) {
    return new RegistrySource(access, RegistrySource.client(), retries(), patience, now::get);
  }

  Retries retries() {
    return new Retries(4, waits::add, () -> 0.5);
  }

  static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(SEED).nextBytes(content);
    return content;
  }

  static boolean answer(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body);
    return true;
  }

  static boolean answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    send(exchange, status, body);
    return true;
  }

  static boolean challenge(HttpExchange exchange, String challenge) throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    return answer(exchange, 401, "");
  }

  /// Lets in who has the token, and gives it to who asks.
  static boolean token(FakeRegistry registry, HttpExchange exchange, int seconds)
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

  static FakeRegistry.Answer failing(int status, String retryAfter, int times) {
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

  interface Misbehaviour {
    void handle(HttpExchange exchange) throws IOException;
  }

  static FakeRegistry.Answer once(Misbehaviour misbehaviour) {
    AtomicInteger requests = new AtomicInteger();
    return exchange -> {
      if (requests.getAndIncrement() > 0) {
        return false;
      }
      misbehaviour.handle(exchange);
      return true;
    };
  }

  static FakeRegistry.Answer link(String value) {
    return exchange -> {
      exchange.getResponseHeaders().set("Link", value);
      return answer(exchange, 200, "{\"tags\":[]}");
    };
  }

  static FakeRegistry.Answer redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      return answer(exchange, 302, "");
    };
  }

  static boolean chunked(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(body);
    exchange.close();
    return true;
  }

  static boolean endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    while (true) {
      out.write(new byte[64 << 10]); // until the client closes the connection
    }
  }

  static void stall(HttpExchange exchange, byte[] body, CountDownLatch end) throws IOException {
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
