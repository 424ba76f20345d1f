package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.functions.Endpoint;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Body;
import imageservice.functions.http.Problem;
import imageservice.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers each request with the response of a function, or with an object. A malformed request is
/// thrown as [HttpException], which Jetty passes on to [GatewayErrors].
final class GatewayHandler extends Handler.Abstract {
  /// Bytes of what a function returns. Lambda's limit.
  private static final int LARGEST_EVENT = 6 << 20;

  /// Bytes of an object that are read at once. One download has one such buffer for as long as its
  /// client does not read on, and all connections may be downloads.
  private static final int DOWNLOAD_BUFFER = 16 << 10;

  private static final Duration SOON = Duration.ofSeconds(5);

  /// To `OPTIONS *` (RFC 9110, 9.3.7).
  private static final Answer METHODS =
      imageservice.functions.http.Response.of(200).with("allow", "GET, HEAD, OPTIONS, POST");

  private static final Answer TOO_LARGE =
      Problem.of(413, "the document is larger than " + GatewayBodies.LARGEST + " bytes");
  private static final Answer NO_ROOM =
      Problem.unavailable("too many large documents are posted at once; repeat the request", SOON);
  private static final Answer NO_ANSWER =
      Problem.unavailable("the service did not answer in time; repeat the request", SOON);

  private static final Answer NO_OBJECTS =
      Problem.unavailable("the asset store cannot be read; repeat the request", SOON);
  private static final Answer PLAIN =
      Problem.of(400, "this port speaks HTTPS; begin the address with https://");

  private final Backend backend;
  private final GatewayBodies bodies;
  private final ExecutorService threads;
  private final Duration timeout;
  private final boolean encrypted;

  /// @param threads that run functions, so that the gateway can answer when a function exceeds
  ///   `timeout`
  /// @param encrypted whether plain HTTP is refused
  GatewayHandler(Backend backend, ExecutorService threads, Duration timeout, boolean encrypted) {
    this.encrypted = encrypted;
    this.backend = backend;
    this.bodies = new GatewayBodies(timeout.dividedBy(3));
    this.threads = threads;
    this.timeout = timeout;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    sayWhetherItEnds(request, response);
    try {
      if (encrypted && !request.getConnectionMetaData().isSecure()) {
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        send(GatewayRequest.malformed(request), PLAIN, request, response, callback);
        return true;
      }
      if (GatewayRequest.isOfTheServer(request)) {
        send(GatewayRequest.malformed(request), METHODS, request, response, callback);
        return true;
      }
      GatewayRequest given = GatewayRequest.of(request);
      if (given.path().equals(Measurements.PATH)) {
        Answer answer = backend.measurements().answer(given.toRequest());
        send(given, answer, request, response, callback);
      } else if (ObjectDownloads.answers(given.path())) {
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        download(given.toRequest(), path, answer -> answer, request, response, callback);
      } else {
        answer(given, request, response, callback);
      }
    } catch (IOException e) {
      unavailable(e, request, response, callback);
    } catch (RuntimeException e) {
      callback.failed(e);
    }
    return true;
  }

  /// A store that cannot be read is no defect of the service; a client that is gone gets no answer.
  private void unavailable(
      IOException cause, Request request, Response response, Callback callback) {
    if (response.isCommitted()) {
      callback.failed(cause);
      return;
    }
    try {
      GatewayRequest given = GatewayRequest.malformed(request);
      backend.responder().log().failed(given.toRequest(), cause);
      send(given, NO_OBJECTS, request, response, callback);
    } catch (IOException | RuntimeException e) {
      callback.failed(e);
    }
  }

  /// Jetty says so itself, but forgets it, and to close the connection, where an answer's head
  /// needs its second and larger buffer.
  private static void sayWhetherItEnds(Request request, Response response) {
    if (!request.getConnectionMetaData().isPersistent()) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
  }

  /// @param rawPath of the link, with its escapes
  /// @param completing adds to the answer
  private void download(
      imageservice.functions.http.Request asked,
      String rawPath,
      UnaryOperator<imageservice.functions.http.Response> completing,
      Request request,
      Response response,
      Callback callback)
      throws IOException {
    ObjectDownloads.Download download =
        backend.downloads().answer(asked, rawPath, backend.responder());
    GatewayResponse head = GatewayResponse.of(completing.apply(download.response()));
    if (download.part().isEmpty()) {
      head.send(request, response);
      callback.succeeded();
      return;
    }
    Content.Source bytes = bytes(download.part().get(), request);
    head.begin(response);
    Content.copy(bytes, response, callback);
  }

  /// A store that does not send the bytes is noticed before the answer begins.
  private static Content.Source bytes(ObjectDownloads.Part part, Request request)
      throws IOException {
    ByteBufferPool.Sized buffers =
        new ByteBufferPool.Sized(
            request.getComponents().getByteBufferPool(), true, DOWNLOAD_BUFFER);
    return switch (part.bytes()) {
      case FileBytes(Path file) -> Content.Source.from(buffers, file, part.offset(), part.length());
      case StoreBytes(StoreBytes.Source source) ->
          Content.Source.from(buffers, source.open(part.offset(), part.length()));
    };
  }

  /// Sends the object behind a link that a function made for this request.
  private void follow(
      GatewayRequest given,
      String link,
      GatewayResponse redirect,
      Request request,
      Response response,
      Callback callback)
      throws IOException {
    int query = link.indexOf('?');
    imageservice.functions.http.Request asked =
        new imageservice.functions.http.Request(
            given.method(),
            link.substring(0, query),
            link.substring(query + 1),
            given.headers(),
            Body.EMPTY,
            given.toRequest().id());
    download(
        asked,
        link.substring(0, query),
        answer -> Direct.completed(answer, redirect),
        request,
        response,
        callback);
  }

  private void answer(GatewayRequest given, Request request, Response response, Callback callback)
      throws IOException {
    if (GatewayBodies.isTooLarge(request)) {
      refuseUnread(given, TOO_LARGE, request, response, callback);
      return;
    }
    Optional<GatewayBodies.Place> place = bodies.place(request);
    if (place.isEmpty()) {
      refuseUnread(given, NO_ROOM, request, response, callback);
      return;
    }
    try (GatewayBodies.Place _ = place.get()) {
      Optional<byte[]> body = GatewayBodies.read(request);
      if (body.isEmpty()) {
        refuseUnread(given, TOO_LARGE, request, response, callback);
      } else {
        GatewayResponse answer = answer(given, given.event(body.get()));
        Optional<String> link = backend.direct().link(given, answer);
        if (link.isPresent()) {
          follow(given, link.get(), answer, request, response, callback);
        } else {
          answer.send(request, response);
          callback.succeeded();
        }
      }
    }
  }

  private GatewayResponse answer(GatewayRequest request, String event) {
    try {
      return GatewayResponse.parse(invoke(function(request.path()), event));
    } catch (TimeoutException e) {
      return refusal(request, NO_ANSWER);
    } catch (IOException | MalformedJsonException | RuntimeException e) {
      backend.responder().log().failed(request.toRequest(), e);
      return refusal(request, Problem.of(500, "internal server error"));
    }
  }

  private RequestStreamHandler function(String path) {
    return Objects.requireNonNull(backend.functions().get(Endpoint.ownerOf(path)));
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

  /// Refuses a body, of which nothing is kept, and closes the connection behind it.
  private void refuseUnread(
      GatewayRequest given, Answer answer, Request request, Response response, Callback callback)
      throws IOException {
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    refusal(given, answer).send(request, response);
    GatewayBodies.discard(request);
    callback.succeeded();
  }

  private void send(
      GatewayRequest given, Answer answer, Request request, Response response, Callback callback)
      throws IOException {
    refusal(given, answer).send(request, response);
    callback.succeeded();
  }

  private GatewayResponse refusal(GatewayRequest given, Answer answer) {
    return GatewayResponse.of(backend.responder().respond(given.toRequest(), answer));
  }
}
