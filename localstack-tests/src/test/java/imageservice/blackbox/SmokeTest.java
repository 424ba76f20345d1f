package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The check of a deployment, `scripts/smoke`: passes the service, and finds a front that spoils
/// answers.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class SmokeTest {
  private static final Path REPOSITORY = Path.of(System.getProperty("repository.folder", ".."));

  private final ServiceUnderTest service;

  SmokeTest(ServiceUnderTest service) {
    this.service = service;
  }

  @Test
  void passesTheService() throws Exception {
    Command.Result result = smoke(service.url(), "v1.9.5");
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).contains("serves v1.9.5");
  }

  @Test
  void findsAVersionThatIsNotServed() throws Exception {
    Command.Result result = smoke(service.url(), "v1.9.99");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("404, not 200", "1.9.99 is not available");
  }

  @Test
  void findsAFrontThatDropsTheLengthOfHead() throws Exception {
    try (Front front = new Front(service.url())) {
      Command.Result result = smoke(front.url(), "v1.9.5");
      assertThat(result.status()).as(result.output()).isEqualTo(1);
      assertThat(result.output()).contains("HEAD", "a length of");
    }
  }

  private static Command.Result smoke(String url, String version) throws Exception {
    return Command.run(
        REPOSITORY,
        List.of(REPOSITORY.resolve("scripts/smoke").toRealPath().toString(), url, version));
  }

  /// Passes everything on, following redirects, and answers HEAD without a length.
  private static final class Front implements AutoCloseable {
    private final String behind;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    Front(String behind) throws IOException {
      this.behind = behind.replaceAll("/$", "");
      InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 8);
      server.setExecutor(threads);
      server.createContext("/", this::pass);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void pass(HttpExchange exchange) throws IOException {
      try (exchange) {
        HttpResponse<byte[]> answer = answer(exchange);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        boolean headless = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
        exchange.sendResponseHeaders(answer.statusCode(), headless ? -1 : answer.body().length);
        if (!headless) {
          exchange.getResponseBody().write(answer.body());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private HttpResponse<byte[]> answer(HttpExchange exchange)
        throws IOException, InterruptedException {
      byte[] body = exchange.getRequestBody().readAllBytes();
      return client.send(
          HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
              .build(),
          BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
      server.stop(0);
      client.close();
      threads.shutdownNow();
    }
  }
}
