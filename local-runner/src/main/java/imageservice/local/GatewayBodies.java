package imageservice.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Reads requests' bodies, with a bound for each and for all together: a body costs several times
/// its length until its request is answered.
final class GatewayBodies {
  /// Bytes of a body. The largest document that the service takes; a test keeps the two equal.
  static final int LARGEST = 1 << 20;

  /// Bytes of all bodies together that are not small. Their requests take turns.
  static final int ROOM = 8 << 20;

  /// Bytes of a body that needs no room: more than people's configurations have.
  private static final int SMALL = 16 << 10;

  /// Bytes that are read and discarded of a body that is too large.
  private static final long MOST_DISCARDED = 16L << 20;

  private final Semaphore room = new Semaphore(ROOM);
  private final Duration patience;

  /// @param patience how long a request waits for room
  GatewayBodies(Duration patience) {
    this.patience = patience;
  }

  /// Room for one body until it is closed.
  record Place(Semaphore room, int bytes) implements AutoCloseable {
    @Override
    public void close() {
      room.release(bytes);
    }
  }

  static boolean isTooLarge(Request request) {
    return request.getLength() > LARGEST;
  }

  /// Room for the request's body; empty where there was none in time.
  Optional<Place> place(Request request) throws IOException {
    long claimed = claimed(request);
    int bytes = claimed <= SMALL ? 0 : Math.toIntExact(claimed);
    try {
      return room.tryAcquire(bytes, patience.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(new Place(room, bytes))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the service is stopping", e);
    }
  }

  /// Bytes that the body may have. Jetty gives a request without a body and one in chunks the same
  /// unknown length; the former has no header that announces a body (RFC 9112, 6.3).
  private static long claimed(Request request) {
    if (request.getLength() >= 0) {
      return Math.min(LARGEST, request.getLength());
    }
    return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) ? LARGEST : 0;
  }

  /// The body; empty where it is too large: a body without a length is read to the first byte
  /// beyond the limit.
  ///
  /// @throws HttpException.RuntimeException where the body does not come as announced
  static Optional<byte[]> read(Request request) {
    try {
      byte[] body = Content.Source.asInputStream(request).readNBytes(LARGEST + 1);
      return body.length > LARGEST ? Optional.empty() : Optional.of(body);
    } catch (IOException e) {
      throw e.getCause() instanceof TimeoutException
          ? new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408, e)
          : new HttpException.RuntimeException(
              HttpStatus.BAD_REQUEST_400, "the body ends early, or its chunks are malformed", e);
    }
  }

  /// Reads on for a while after a refusal. A client that still sends when the connection is closed
  /// loses the answer (RFC 9112, 9.6); one that waits for `100 Continue` sends nothing.
  static void discard(Request request) throws IOException {
    if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
      Content.Source.asInputStream(request).skip(MOST_DISCARDED);
    }
  }
}
