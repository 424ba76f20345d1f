package imageservice.functions.start;

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

/// As much of DynamoDB, S3 and Lambda as the functions call, on a port of the loopback interface:
/// one table, in which every write succeeds, and a bucket in which every object is there with
/// {@link #SIZE} bytes.
final class FakeAws implements AutoCloseable {
  /// The size of every object.
  static final long SIZE = 42;

  private static final String AMZ_JSON = "application/x-amz-json-1.0";

  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Puts an item into the table.
  void put(String key, String text) {
    texts.put(key, text);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Optional<String> target =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      if (target.isPresent()) {
        send(exchange, 200, AMZ_JSON, table(operation(target.get()), JsonFields.parse(body)));
      } else if (exchange.getRequestMethod().equals("HEAD")) {
        object(exchange);
      } else {
        boolean invokes = exchange.getRequestURI().getPath().endsWith("/invocations");
        send(exchange, invokes ? 202 : 200, "application/xml", "");
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

  private static void object(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Length", Long.toString(SIZE));
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.getResponseHeaders().set("ETag", "\"object\"");
    exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT");
    exchange.sendResponseHeaders(200, -1);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
