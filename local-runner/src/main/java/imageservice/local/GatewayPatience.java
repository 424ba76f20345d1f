package imageservice.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/// Closes connections whose request takes too long to arrive. Jetty's own limit is for silence
/// alone, so that a client which sends a byte now and then would keep its connection for ever.
final class GatewayPatience extends AbstractLifeCycle {
  /// How long a request's head, and then its body, may take to arrive. Enough for the largest body
  /// over a line of half a megabit a second.
  static final Duration ARRIVAL = Duration.ofSeconds(20);

  /// The protocol of a session of TLS before there is one ([javax.net.ssl.SSLEngine#getSession]).
  private static final String NOT_AGREED = "NONE";

  private final AbstractConnector connector;
  private final Duration arrival;
  private final Duration interval;
  private Map<EndPoint, Arrival> arrivals = Map.of();

  /// A part of a request that is arriving.
  ///
  /// @param request number of the connection's request
  /// @param since when it was first seen, in nanoseconds of the system's timer
  private record Arrival(long request, boolean isBody, long since) {
    private boolean isSame(Arrival other) {
      return request == other.request && isBody == other.isBody;
    }
  }

  GatewayPatience(AbstractConnector connector, Duration arrival) {
    this.connector = connector;
    this.arrival = arrival;
    this.interval = arrival.dividedBy(10);
  }

  @Override
  protected void doStart() {
    schedule();
  }

  private void schedule() {
    Scheduler scheduler = connector.getScheduler();
    scheduler.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      closeSlow();
    } finally {
      if (isRunning() || isStarting()) {
        schedule();
      }
    }
  }

  private void closeSlow() {
    Map<EndPoint, Arrival> current = new HashMap<>();
    for (EndPoint client : connector.getConnectedEndPoints()) {
      arriving(client).ifPresent(seen -> current.put(client, earliest(client, seen)));
    }
    arrivals = current;
    long now = System.nanoTime();
    current.forEach((client, seen) -> {
      if (now - seen.since() > arrival.toNanos()) {
        client.close();
      }
    });
  }

  private Arrival earliest(EndPoint client, Arrival seen) {
    Arrival before = arrivals.get(client);
    return before != null && before.isSame(seen) ? before : seen;
  }

  /// What arrives from a client; empty between requests and while one is answered. Until TLS is
  /// agreed on, its greeting arrives.
  private static Optional<Arrival> arriving(EndPoint client) {
    Connection outer = client.getConnection();
    Connection inner =
        outer instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : outer;
    boolean greets =
        outer instanceof SslConnection tls
            ? NOT_AGREED.equals(tls.getSSLEngine().getSession().getProtocol())
            : !(outer instanceof HttpConnection);
    if (greets) {
      return Optional.of(new Arrival(-1, false, System.nanoTime()));
    }
    if (!(inner instanceof HttpConnection connection)) {
      return Optional.empty();
    }
    HttpParser parser = connection.getParser();
    boolean isHead = parser.inHeaderState() && !parser.isStart();
    return isHead || parser.inContentState()
        ? Optional.of(new Arrival(connection.getMessagesIn(), !isHead, System.nanoTime()))
        : Optional.empty();
  }
}
