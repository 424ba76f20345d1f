package imageservice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Lambda's Runtime API, version 2018-06-01, for one function: gives it events and takes answers.
public final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final int PATIENCE = 60; // seconds

  /// What a function made of an event, or of its start where it does not get to one.
  ///
  /// @param how the last part of the path: `response` or `error`
  /// @param asked `System.nanoTime` when the function asked for its first event
  /// @param at the same when the answer had come
  public record Answer(String how, String body, long asked, long at) {}

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong asked = new AtomicLong();
  private final HttpServer server;

  public RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    server.createContext(PREFIX + "invocation/next", this::next);
    server.createContext(PREFIX, this::answered);
    server.start();
  }

  /// Where it is, as `AWS_LAMBDA_RUNTIME_API` has it.
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  public void give(String event) {
    events.add(event);
  }

  /// What the function made of the next event, if it gets to an end within a minute.
  public Optional<Answer> answer() throws InterruptedException {
    return Optional.ofNullable(answers.poll(PATIENCE, TimeUnit.SECONDS));
  }

  /// The next answer, which must be no failure of the function.
  Answer response() throws IOException, InterruptedException {
    Optional<Answer> answer = answer();
    return answer
        .filter(each -> each.how().equals("response"))
        .orElseThrow(() -> new IOException("the function does not answer: " + answer));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void next(HttpExchange exchange) throws IOException {
    asked.compareAndSet(0, System.nanoTime());
    try (exchange) {
      byte[] event = events.take().getBytes(UTF_8);
      long deadline = System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(PATIENCE);
      headers(deadline).forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answered(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String how = path.substring(path.lastIndexOf('/') + 1);
      answers.add(new Answer(how, body, asked.get(), System.nanoTime()));
      exchange.sendResponseHeaders(202, -1);
    }
  }

  /// All that Lambda sends: its client crashes where one is missing.
  private static Map<String, String> headers(long deadline) {
    return Map.of(
        "Content-Type",
        "application/json",
        "Lambda-Runtime-Aws-Request-Id",
        "request",
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(deadline),
        "Lambda-Runtime-Trace-Id",
        "Root=1-00000000-000000000000000000000000;Sampled=0",
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:request");
  }
}
