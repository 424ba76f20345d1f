package imageservice.builder.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// As much of S3 as the builder calls, on a port of the loopback interface, with the speed of S3: a
/// connection carries so many bytes a second, and so does the copying of a part. What is sent lies
/// in a folder, and an object is runs of that, so a copy moves nothing. It checks no signature.
public final class MeteredS3 implements AutoCloseable {
  /// Bytes a second.
  ///
  /// @param connection to or from a client; a connection carries one request at a time
  /// @param copy of one part
  public record Speed(long connection, long copy) {}

  /// What came over connections.
  ///
  /// @param parts and whole objects
  /// @param bytes of these
  public record Sent(int parts, long bytes) {}

  /// Nanoseconds that are not worth a sleep, from which a busy machine wakes late.
  private static final long SHORT = 5_000_000;

  private final Path folder;
  private final Speed speed;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Map<String, Blob> objects = new ConcurrentHashMap<>();
  private final Map<String, SortedMap<Integer, Blob>> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicInteger parts = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  public MeteredS3(Path folder, Speed speed) throws IOException {
    this.folder = folder;
    this.speed = speed;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public Optional<Blob> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  /// Since the start or the last `forget`.
  public Sent sent() {
    return new Sent(parts.get(), bytes.get());
  }

  public void forget() {
    parts.set(0);
    bytes.set(0);
  }

  public void remove(String key) {
    objects.remove(key);
  }

  /// Removes all objects.
  public void clear() {
    objects.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String key = path.substring(path.indexOf('/', 1) + 1);
      String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
      switch (exchange.getRequestMethod()) {
        case "HEAD", "GET" -> get(exchange, Optional.ofNullable(objects.get(key)));
        case "PUT" -> put(exchange, key, query);
        case "POST" -> post(exchange, key, query);
        default -> {
          uploads.remove(parameter(query, "uploadId"));
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  private void get(HttpExchange exchange, Optional<Blob> object) throws IOException {
    if (object.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    head(exchange);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(object.get().length()));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Blob range = range(object.get(), exchange.getRequestHeaders().getFirst("Range"));
    exchange.sendResponseHeaders(206, range.length());
    try (InputStream in = new Slow(range.open());
        OutputStream out = exchange.getResponseBody()) {
      in.transferTo(out);
    }
  }

  private void put(HttpExchange exchange, String key, String query) throws IOException {
    Optional<String> origin =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("x-amz-copy-source"));
    if (origin.isPresent()) {
      copy(exchange, query, origin.get().substring(origin.get().indexOf('/') + 1));
    } else if (query.isEmpty() && objects.containsKey(key)) {
      send(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>");
    } else {
      Blob content = received(body(exchange));
      if (query.isEmpty()) {
        objects.put(key, content);
      } else {
        upload(query).put(Integer.parseInt(parameter(query, "partNumber")), content);
      }
      head(exchange);
      send(exchange, 200, "");
    }
  }

  private void copy(HttpExchange exchange, String query, String from) throws IOException {
    Blob origin = objects.get(from);
    if (origin == null) {
      send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      return;
    }
    String asked = exchange.getRequestHeaders().getFirst("x-amz-copy-source-range");
    Blob part = asked == null ? origin : range(origin, asked);
    pause(part.length(), speed.copy(), System.nanoTime());
    upload(query).put(Integer.parseInt(parameter(query, "partNumber")), part);
    send(exchange, 200, "<CopyPartResult><ETag>\"part\"</ETag></CopyPartResult>");
  }

  private void post(HttpExchange exchange, String key, String query) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (query.startsWith("uploads")) {
      String id = "u" + files.incrementAndGet();
      uploads.put(id, new ConcurrentSkipListMap<>());
      send(
          exchange,
          200,
          "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
              .formatted(id));
    } else {
      objects.put(key, Blob.concatenation(upload(query).values().toArray(new Blob[0])));
      uploads.remove(parameter(query, "uploadId"));
      send(exchange, 200, "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
    }
  }

  private SortedMap<Integer, Blob> upload(String query) {
    return Objects.requireNonNull(uploads.get(parameter(query, "uploadId")));
  }

  private static InputStream body(HttpExchange exchange) {
    InputStream all = exchange.getRequestBody();
    String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    return hash != null && hash.startsWith("STREAMING-") ? new AwsChunks(all) : all;
  }

  private Blob received(InputStream in) throws IOException {
    Path file = folder.resolve("sent" + files.incrementAndGet());
    try (InputStream slow = new Slow(in)) {
      Files.copy(slow, file);
    }
    Blob content = new FileBlob(file);
    parts.incrementAndGet();
    bytes.addAndGet(content.length());
    return content;
  }

  /// `bytes=0-9`
  private static Blob range(Blob object, String range) {
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    long first = Long.parseLong(ends[0]);
    return Blob.slice(object, first, Long.parseLong(ends[1]) + 1 - first);
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new IllegalArgumentException("no %s in %s".formatted(name, query));
  }

  private static void head(HttpExchange exchange) {
    exchange.getResponseHeaders().set("ETag", "\"part\"");
    exchange
        .getResponseHeaders()
        .set(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
  }

  private static void send(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] body = xml.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /// Waits until so many bytes are due.
  private static void pause(long bytes, long perSecond, long begin) throws IOException {
    try {
      long early = begin + (long) (bytes * 1e9 / perSecond) - System.nanoTime();
      if (early > SHORT) {
        Thread.sleep(Duration.ofNanos(early));
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the store is closing");
    }
  }

  /// What passes over one connection.
  private final class Slow extends FilterInputStream {
    private final long begin = System.nanoTime();
    private long passed;

    Slow(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      int got = super.read(buffer, from, count);
      passed += Math.max(0, got);
      pause(passed, speed.connection(), begin);
      return got;
    }
  }
}
