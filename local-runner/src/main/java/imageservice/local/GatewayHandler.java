package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.functions.Endpoint;
import imageservice.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers each request with the response of a function. A malformed request is thrown as
/// [HttpException], which Jetty passes on to [GatewayErrors].
final class GatewayHandler extends Handler.Abstract {
  /// Bytes of a request's body, and of what a function returns. API Gateway's and Lambda's limits.
  private static final int LARGEST_REQUEST = 10 << 20;

  private static final int LARGEST_EVENT = 6 << 20;

  private final Map<Endpoint.Owner, RequestStreamHandler> functions;
  private final ExecutorService threads;
  private final Duration timeout;

  /// @param functions one for each owner of endpoints; the route table tells which one answers a
  ///   path
  /// @param threads that run functions, so that the gateway can answer when a function exceeds
  ///   `timeout`
  GatewayHandler(
      Map<Endpoint.Owner, RequestStreamHandler> functions,
      ExecutorService threads,
      Duration timeout) {
    this.functions = functions;
    this.threads = threads;
    this.timeout = timeout;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      GatewayRequest given = GatewayRequest.of(request);
      Optional<byte[]> body = body(request);
      if (body.isPresent()) {
        answer(given, given.event(body.get())).send(request, response);
      } else {
        refuseTooMuch(given, request, response);
      }
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      callback.failed(e);
    }
    return true;
  }

  private GatewayResponse answer(GatewayRequest request, String event) {
    try {
      return GatewayResponse.parse(invoke(function(request.path()), event));
    } catch (TimeoutException e) {
      return GatewayResponse.refusal(
          HttpStatus.SERVICE_UNAVAILABLE_503, "Service Unavailable", request.id());
    } catch (IOException | MalformedJsonException | RuntimeException e) {
      return GatewayResponse.refusal(
          HttpStatus.INTERNAL_SERVER_ERROR_500, "Internal Server Error", request.id());
    }
  }

  private RequestStreamHandler function(String path) {
    return Objects.requireNonNull(functions.get(Endpoint.ownerOf(path)));
  }

  private byte[] invoke(RequestStreamHandler function, String event)
      throws IOException, TimeoutException {
    Future<byte[]> answer = threads.submit(() -> call(function, event));
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

  private static byte[] call(RequestStreamHandler function, String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new NoContext());
    return out.toByteArray();
  }

  /// The body; empty where it is too large. A body whose `Content-Length` is too large is not read,
  /// one without a length is read to the first byte beyond the limit.
  private static Optional<byte[]> body(Request request) throws IOException {
    if (request.getLength() > LARGEST_REQUEST) {
      return Optional.empty();
    }
    try {
      byte[] body = Content.Source.asInputStream(request).readNBytes(LARGEST_REQUEST + 1);
      return body.length > LARGEST_REQUEST ? Optional.empty() : Optional.of(body);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException silence) {
        throw new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408, silence);
      }
      throw e;
    }
  }

  /// Refuses a body that is too large. Before the connection is closed, up to {@value
  /// #LARGEST_REQUEST} further bytes are read and discarded: closed while it still sends, a client
  /// would lose the answer (RFC 9112, 9.6). A client that waits for `100 Continue` sends nothing.
  private static void refuseTooMuch(GatewayRequest given, Request request, Response response)
      throws IOException {
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    GatewayResponse.refusal(
            HttpStatus.PAYLOAD_TOO_LARGE_413, "Request Entity Too Large", given.id())
        .send(request, response);
    if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
      Content.Source.asInputStream(request).skip(LARGEST_REQUEST);
    }
  }
}
