package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageservice.functions.Endpoint;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An HTTP server that hands requests to Lambda functions as API Gateway's HTTP API does (payload
/// format 2.0): header names in lower case, equal ones joined, bodies that are no text in base64,
/// 30 s for an answer, 10 MB for a request, 6 MB for what a function returns. Listens on the
/// loopback interface only; each request has a virtual thread.
final class Gateway implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int LARGEST_REQUEST = 10 << 20;
  private static final int LARGEST_EVENT = 6 << 20;
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration timeout;

  private Gateway(HttpServer server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
    server.setExecutor(threads);
  }

  /// Takes the port, and answers nothing yet.
  ///
  /// @param port 0 for any that is free
  static Gateway bind(int port, Duration timeout) throws CommandException {
    try {
      InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
      return new Gateway(HttpServer.create(new InetSocketAddress(loopback, port), 1024), timeout);
    } catch (BindException e) {
      throw new CommandException(
          "port "
              + port
              + " is taken ("
              + e.getMessage()
              + "); stop what uses it, or choose another with --port");
    } catch (IOException e) {
      throw new CommandException("port " + port + " cannot be used: " + e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Begins to answer.
  ///
  /// @param functions all of them; the route table tells which answers a path
  void start(Map<Endpoint.Owner, RequestStreamHandler> functions) {
    server.createContext("/", exchange -> answer(exchange, functions));
    server.start();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, Map<Endpoint.Owner, RequestStreamHandler> functions) {
    try (exchange) {
      answerOrRefuse(exchange, functions);
    } catch (IOException e) {
      // The client left, or the answer had begun: nothing more can be said.
    }
  }

  private void answerOrRefuse(
      HttpExchange exchange, Map<Endpoint.Owner, RequestStreamHandler> functions)
      throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
      if (body.length > LARGEST_REQUEST) {
        refuse(exchange, 413, "Request Entity Too Large");
        return;
      }
      send(exchange, invoke(function(exchange, functions), event(exchange, body)));
    } catch (TimeoutException e) {
      refuse(exchange, 503, "Service Unavailable");
    } catch (IOException | MalformedJsonException | RuntimeException e) {
      refuse(exchange, 500, "Internal Server Error");
    }
  }

  private static RequestStreamHandler function(
      HttpExchange exchange, Map<Endpoint.Owner, RequestStreamHandler> functions) {
    Endpoint.Owner owner = Endpoint.ownerOf(exchange.getRequestURI().getPath());
    return Objects.requireNonNull(functions.get(owner));
  }

  private byte[] invoke(RequestStreamHandler function, String event)
      throws IOException, TimeoutException {
    Future<byte[]> answer =
        threads.submit(() -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          function.handleRequest(
              new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
              out,
              new NoContext());
          return out.toByteArray();
        });
    try {
      byte[] bytes = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (bytes.length > LARGEST_EVENT) {
        throw new IOException("a function returned " + bytes.length + " bytes");
      }
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the service is stopping", e);
    } catch (ExecutionException e) {
      throw new IOException("a function failed", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static String event(HttpExchange exchange, byte[] body) {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getRawQuery();
    JsonText headers = JsonText.object();
    headers(exchange.getRequestHeaders()).forEach(headers::put);
    return JsonText.object()
        .put("version", "2.0")
        .put("routeKey", "$default")
        .put("rawPath", path)
        .put("rawQueryString", query == null ? "" : query)
        .put("headers", headers)
        .put("requestContext", context(method, path, exchange))
        .put("body", Base64.getEncoder().encodeToString(body))
        .put("isBase64Encoded", true)
        .toString();
  }

  private static JsonText context(String method, String path, HttpExchange exchange) {
    return JsonText.object()
        .put("requestId", UUID.randomUUID().toString())
        .put("stage", "$default")
        .put(
            "http",
            JsonText.object()
                .put("method", method)
                .put("path", path)
                .put("protocol", exchange.getProtocol())
                .put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress()));
  }

  private static Map<String, String> headers(Headers given) {
    Map<String, String> headers = new TreeMap<>();
    given.forEach(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }

  private static void send(HttpExchange exchange, byte[] event)
      throws IOException, MalformedJsonException {
    JsonFields fields = JsonFields.parse(new String(event, StandardCharsets.UTF_8));
    JsonFields headers = fields.object("headers");
    for (String name : headers.names()) {
      exchange.getResponseHeaders().put(name.toLowerCase(Locale.ROOT), List.of(headers.text(name)));
    }
    String body = fields.text("body");
    byte[] content =
        fields.flag("isBase64Encoded")
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8);
    send(exchange, Math.toIntExact(fields.number("statusCode")), content);
  }

  /// A HEAD's answer states the length of the body it leaves out.
  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    if (isHead || status == 204 || status == 304) {
      if (isHead) {
        exchange
            .getResponseHeaders()
            .put("content-length", List.of(Integer.toString(content.length)));
      }
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
    }
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    exchange.getResponseHeaders().put("content-type", List.of(JSON));
    send(
        exchange,
        status,
        JsonText.object().put("message", message).toString().getBytes(StandardCharsets.UTF_8));
  }
}
