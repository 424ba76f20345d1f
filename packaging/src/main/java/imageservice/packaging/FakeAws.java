package imageservice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// As much of DynamoDB, S3 and Lambda as functions call, on a port of the loopback interface: one
/// table, in which every write succeeds, and a bucket with the objects that were put into it.
public final class FakeAws implements AutoCloseable {
  private static final String AMZ_JSON = "application/x-amz-json-1.0";
  private static final String MISSING =
      "<Error><Code>NoSuchKey</Code><Message>no such object</Message></Error>";

  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  public FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Puts an item into the table.
  public void put(String key, String text) {
    texts.put(key, text);
  }

  /// Puts an object into the bucket.
  ///
  /// @param path of its address: `/BUCKET/KEY`
  public void putObject(String path, byte[] content) {
    objects.put(path, content);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Optional<String> target =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      if (target.isPresent()) {
        JsonFields call = JsonFields.parse(new String(body, UTF_8));
        send(exchange, 200, AMZ_JSON, table(operation(target.get()), call).getBytes(UTF_8));
      } else if (exchange.getRequestURI().getPath().endsWith("/invocations")) {
        send(exchange, 202, "application/json", new byte[0]);
      } else {
        object(exchange, body);
      }
    } catch (MalformedJsonException e) {
      throw new IOException(e);
    }
  }

  private static String operation(String target) {
    return target.substring(target.indexOf('.') + 1);
  }

  private String table(String operation, JsonFields call) throws MalformedJsonException {
    return switch (operation) {
      case "GetItem" -> found(key(call.object("Key"))).toString();
      case "BatchGetItem" -> batch(call.object("RequestItems"));
      case "PutItem" -> {
        JsonFields item = call.object("Item");
        put(key(item), item.object("text").text("S"));
        yield "{}";
      }
      default -> "{\"Attributes\":{\"revision\":{\"N\":\"1\"}}}"; // of UpdateItem, which counts
    };
  }

  private static String key(JsonFields attributes) throws MalformedJsonException {
    return attributes.object("pk").text("S");
  }

  private JsonText found(String key) {
    return item(key).map(item -> JsonText.object().put("Item", item)).orElseGet(JsonText::object);
  }

  private String batch(JsonFields tables) throws MalformedJsonException {
    JsonText responses = JsonText.object();
    for (String table : tables.names()) {
      List<JsonText> items = new ArrayList<>();
      for (JsonFields key : tables.object(table).objects("Keys")) {
        item(key(key)).ifPresent(items::add);
      }
      responses.put(table, items);
    }
    return JsonText.object()
        .put("Responses", responses)
        .put("UnprocessedKeys", JsonText.object())
        .toString();
  }

  private Optional<JsonText> item(String key) {
    return Optional.ofNullable(texts.get(key))
        .map(text ->
            JsonText.object()
                .put("pk", JsonText.object().put("S", key))
                .put("revision", JsonText.object().put("N", "1"))
                .put("text", JsonText.object().put("S", text)));
  }

  private void object(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("PUT")) {
      exchange.getResponseHeaders().set("ETag", "\"object\"");
      send(exchange, 200, "application/xml", new byte[0]);
      putObject(path, body);
      return;
    }
    byte @Nullable [] content = objects.get(path);
    if (content == null) {
      send(exchange, 404, "application/xml", MISSING.getBytes(UTF_8));
      return;
    }
    exchange.getResponseHeaders().set("ETag", "\"object\"");
    exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT");
    send(exchange, 200, "application/octet-stream", content);
  }

  /// HEAD is told the length alone.
  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
