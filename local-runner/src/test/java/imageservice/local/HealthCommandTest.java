package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class HealthCommandTest {
  private record Outcome(int status, String said) {}

  @Test
  void aReadyServiceIsAsked() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server = server(200, asked);
    try {
      assertThat(health(url(server))).isEqualTo(new Outcome(0, ""));
      assertThat(asked).containsExactly("GET /readyz");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void oneThatIsNotReadyFails() throws IOException {
    HttpServer server = server(503, new CopyOnWriteArrayList<>());
    try {
      assertThat(health(url(server)))
          .isEqualTo(new Outcome(1, "not ready: %sreadyz answers 503".formatted(url(server))));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void oneThatIsNotThereFails() throws IOException {
    HttpServer server = server(200, new CopyOnWriteArrayList<>());
    String gone = url(server);
    server.stop(0);
    assertThat(health(gone))
        .isEqualTo(new Outcome(1, "not ready: %sreadyz: Connection refused".formatted(gone)));
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThat(health("localhost:8080").said()).contains("--url localhost:8080: not an address");
    assertThat(health("http://a^b/").status()).isEqualTo(1);
  }

  private static Outcome health(String url) {
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new HealthCommand())
            .setErr(new PrintWriter(said))
            .setExecutionExceptionHandler((e, command, parsed) -> {
              command.getErr().print(e.getMessage());
              return 1;
            })
            .execute("--url", url);
    return new Outcome(status, said.toString());
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  private static HttpServer server(int status, List<String> asked) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
