package imageservice.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A registry over a folder of OCI layouts, in whatever state a test puts it.
final class FaultyRegistry implements AutoCloseable {
  /// What is wrong with it. Faults of blobs are of those beyond 10,000 bytes, which are layers. A
  /// blob that is held stops in its middle until the registry becomes another.
  enum Fault {
    NONE,
    BUSY,
    BROKEN,
    GONE,
    TAMPERED,
    TRUNCATED,
    CUT,
    HELD
  }

  private static final int LARGE = 10_000;
  private static final Pattern PATH =
      Pattern.compile("/v2/siderolabs/([a-z-]+)/(tags|manifests|blobs)/(.+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path layouts;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Fault fault = Fault.NONE;

  FaultyRegistry(Path layouts) throws IOException {
    this.layouts = layouts;
    this.server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), 0),
            64);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String prefix() {
    return "127.0.0.1:" + server.getAddress().getPort() + "/siderolabs/";
  }

  synchronized void become(Fault now) {
    fault = now;
    notifyAll();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      switch (fault) {
        case BUSY -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          send(exchange, 429, new byte[0]);
        }
        case BROKEN -> send(exchange, 500, new byte[0]);
        case GONE -> send(exchange, 404, new byte[0]);
        case NONE, TAMPERED, TRUNCATED, CUT, HELD -> {
          if (path.matches()) {
            content(exchange, path.group(1), path.group(2), path.group(3));
          } else {
            send(exchange, 404, new byte[0]);
          }
        }
      }
    }
  }

  private void content(HttpExchange exchange, String repository, String kind, String name)
      throws IOException {
    Path layout = layouts.resolve(repository);
    Map<String, String> digests = digests(layout);
    if (kind.equals("tags")) {
      Map<String, Object> list = Map.of("name", repository, "tags", digests.keySet());
      send(exchange, 200, JSON.writeValueAsBytes(list));
      return;
    }
    String digest = digests.getOrDefault(name, name);
    Path file = layout.resolve("blobs/sha256").resolve(digest.replace("sha256:", ""));
    if (!Files.exists(file)) {
      send(exchange, 404, new byte[0]);
      return;
    }
    byte[] content = Files.readAllBytes(file);
    if (kind.equals("manifests")) {
      String type = JSON.readTree(content).path("mediaType").asText();
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
    }
    if (content.length < LARGE) {
      send(exchange, 200, content);
    } else {
      faulty(exchange, content);
    }
  }

  /// Of the layout's images, by tag.
  private static Map<String, String> digests(Path layout) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (JsonNode image : JSON.readTree(layout.resolve("index.json").toFile()).path("manifests")) {
      String tag = image.path("annotations").path("org.opencontainers.image.ref.name").asText();
      digests.put(tag, image.path("digest").asText());
    }
    return digests;
  }

  private void faulty(HttpExchange exchange, byte[] content) throws IOException {
    int half = content.length / 2;
    switch (fault) {
      case TAMPERED -> {
        content[half] ^= 1;
        send(exchange, 200, content);
      }
      case TRUNCATED -> send(exchange, 200, Arrays.copyOf(content, half));
      case CUT -> {
        exchange.sendResponseHeaders(200, content.length);
        OutputStream out = exchange.getResponseBody();
        out.write(content, 0, half);
        out.flush();
        throw new IOException("cut");
      }
      case HELD -> {
        exchange.sendResponseHeaders(200, content.length);
        OutputStream out = exchange.getResponseBody();
        out.write(content, 0, half);
        out.flush();
        awaitRelease();
        out.write(content, half, content.length - half);
      }
      case NONE, BUSY, BROKEN, GONE -> send(exchange, 200, content);
    }
  }

  private synchronized void awaitRelease() throws IOException {
    try {
      while (fault == Fault.HELD) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException("held until the end", e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    boolean empty = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : content.length);
    if (!empty) {
      exchange.getResponseBody().write(content);
    }
  }
}
