package imageservice.builder.oci;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A registry on loopback that serves one repository, `siderolabs/imager`, and misbehaves where a
/// test tells it to.
public final class FakeRegistry implements AutoCloseable {
  /// Answers a request and says so, or leaves it to what comes next.
  public interface Answer {
    boolean handle(HttpExchange exchange) throws IOException;
  }

  private static final String BASE = "/v2/siderolabs/imager/";

  private final TestImages images;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Answer first = exchange -> false;

  public FakeRegistry(TestImages images) throws IOException {
    this.images = images;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  public String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  public RegistryPrefix prefix() {
    return RegistryPrefix.parse(authority() + "/siderolabs/");
  }

  /// What answers before the registry does.
  public FakeRegistry first(Answer answer) {
    first = answer;
    return this;
  }

  /// Requests so far: method, path and query, and the headers Authorization and Range where sent.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  /// Says that `claimed` bytes follow, sends these and cuts the connection.
  public static void cut(HttpExchange exchange, byte[] body, long claimed) throws IOException {
    exchange.sendResponseHeaders(200, claimed);
    OutputStream out = exchange.getResponseBody();
    out.write(body);
    out.flush();
    throw new IOException("cut");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + header(exchange, "Authorization")
            + header(exchange, "Range"));
    if (first.handle(exchange)) {
      return;
    }
    String path = exchange.getRequestURI().getPath();
    if (path.equals(BASE + "tags/list")) {
      send(exchange, 200, JSON.std.asBytes(Map.of("tags", images.tags().keySet())));
    } else if (path.startsWith(BASE + "manifests/")) {
      manifest(exchange, path.substring((BASE + "manifests/").length()));
    } else if (path.startsWith(BASE + "blobs/")) {
      blob(exchange, path.substring((BASE + "blobs/").length()));
    } else {
      send(exchange, 404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}");
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : " " + name + "=" + value;
  }

  private void manifest(HttpExchange exchange, String reference) throws IOException {
    Digest digest = Digest.parse(reference).orElse(images.tags().get(reference));
    byte[] content = digest == null ? null : images.blobs().get(digest);
    if (content == null) {
      send(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}");
      return;
    }
    Object type = JSON.std.mapFrom(content).get("mediaType");
    exchange.getResponseHeaders().set("Content-Type", String.valueOf(type));
    exchange
        .getResponseHeaders()
        .set("Docker-Content-Digest", Objects.requireNonNull(digest).value());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    send(exchange, 200, head ? new byte[0] : content);
  }

  private void blob(HttpExchange exchange, String reference) throws IOException {
    byte[] content = images.blobs().get(new Digest(reference));
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (content == null) {
      send(exchange, 404, "{\"errors\":[{\"code\":\"BLOB_UNKNOWN\"}]}");
    } else if (range == null) {
      send(exchange, 200, content);
    } else {
      int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      send(exchange, 206, Arrays.copyOfRange(content, from, content.length));
    }
  }
}
