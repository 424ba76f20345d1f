package imageservice.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// An HTTP server that hands requests to Lambda functions as API Gateway's HTTP API does (payload
/// format 2.0), and sends objects itself. Each request has a virtual thread, an idle connection
/// none.
final class Gateway implements AutoCloseable {
  /// How long a function may take to answer. API Gateway's own limit.
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// How long a client may be silent while it sends, receives, or keeps a connection. Short, as a
  /// forgotten connection holds a buffer and a file descriptor.
  static final Duration SILENCE = Duration.ofSeconds(30);

  /// Open connections at most; further ones wait to be accepted. Several times as many as a rack of
  /// machines opens that boot at once, and few enough for the file descriptors of a process.
  static final int MOST_CONNECTIONS = 4_096;

  /// Bytes of a request line and headers together. API Gateway's own limit.
  static final int LARGEST_HEAD = 10_240;

  /// Bytes of an answer's headers. A redirect repeats the path, percent-encoded to three characters
  /// for a byte at worst.
  private static final int LARGEST_ANSWER_HEAD = 4 * LARGEST_HEAD;

  /// Bytes that the kernel keeps for a client that does not read on. Without this bound it takes
  /// megabytes, which are read and copied for nobody while others wait.
  private static final int UNREAD = 256 << 10;

  /// Requests that are worked on at once: as many as there are connections. Jetty's own bound is
  /// few, and those would keep all others waiting while they wait themselves, for their bodies, for
  /// a build or for a client that does not read.
  private static final int UNBOUNDED = 0;

  /// Connections that the kernel queues until the gateway accepts them (listen(2)).
  private static final int BACKLOG = 1_024;

  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService functionThreads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration timeout;
  private final Optional<GatewayTls> tls;

  private Gateway(ServerSocketChannel port, Limits limits, Optional<GatewayTls> tls)
      throws IOException {
    this.tls = tls;
    this.timeout = limits.function();
    server = new Server(new VirtualThreadPool(UNBOUNDED));
    HttpConnectionFactory http = new HttpConnectionFactory(configuration());
    connector =
        new ServerConnector(
            server,
            1,
            1,
            tls.map(each -> each.factories(http)).orElseGet(() -> new ConnectionFactory[] {http}));
    connector.setIdleTimeout(limits.silence().toMillis());
    connector.setAcceptedSendBufferSize(UNREAD);
    connector.open(port);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    connector.addBean(new GatewayPatience(connector, limits.arrival()));
  }

  /// What clients and functions may take.
  ///
  /// @param function time to answer
  /// @param silence of a client
  /// @param arrival time that a request's head, and then its body, takes
  /// @param connections open at most
  record Limits(Duration function, Duration silence, Duration arrival, int connections) {
    static final Limits STANDARD =
        new Limits(TIMEOUT, SILENCE, GatewayPatience.ARRIVAL, MOST_CONNECTIONS);
  }

  /// Binds the port for plain HTTP. Connections wait until `start`.
  static Gateway bind(ListenAddress where, Limits limits) throws CommandException {
    return bind(where, limits, Optional.empty());
  }

  /// Binds the port.
  ///
  /// @param tls closed with the gateway; empty for plain HTTP
  static Gateway bind(ListenAddress where, Limits limits, Optional<GatewayTls> tls)
      throws CommandException {
    try {
      requireOwn(where);
      return new Gateway(listen(where), limits, tls);
    } catch (BindException e) {
      throw new CommandException(
          "port "
              + where.port()
              + " is taken ("
              + e.getMessage()
              + "); stop what uses it, or choose another with --port");
    } catch (IOException e) {
      throw new CommandException("port " + where.port() + " cannot be used: " + e);
    }
  }

  /// An address that the machine does not have fails as one whose port is taken does.
  private static void requireOwn(ListenAddress where) throws IOException, CommandException {
    boolean isOwn =
        where.isEvery()
            || !where.isOpen()
            || NetworkInterface.getByInetAddress(where.address()) != null;
    if (!isOwn) {
      throw new CommandException(
          "%s %s: this machine does not have that address".formatted(ListenAddress.SWITCH, where));
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /// Begins to answer.
  void start(Backend backend) {
    server.setRequestLog((request, response) -> count(backend.measurements(), request, response));
    server.setErrorHandler(new GatewayErrors(backend.responder()));
    server.setHandler(new GatewayHandler(backend, functionThreads, timeout, tls.isPresent()));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the gateway cannot start: " + e.getMessage(), e);
    }
  }

  /// Jetty tells of every request at its end, also of those that are malformed or cut off.
  private static void count(Measurements measurements, Request request, Response response) {
    String path = request.getHttpURI().getDecodedPath();
    long milliseconds = NanoTime.millisSince(request.getHeadersNanoTime());
    measurements.answered(path == null ? "" : path, response.getStatus(), milliseconds);
  }

  /// Open connections.
  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /// Stops at once: requests under way are cut off.
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the gateway does not stop: " + e.getMessage(), e);
    } finally {
      connector.close();
      tls.ifPresent(GatewayTls::close);
      functionThreads.shutdownNow();
    }
  }

  private static ServerSocketChannel listen(ListenAddress where) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(new InetSocketAddress(where.address(), where.port()), BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Jetty admits every address, as [GatewayRequest] refuses those that are malformed. The host of
  /// an address counts, whatever the header `Host` says (RFC 9112, 3.2.2).
  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(LARGEST_HEAD);
    configuration.setMaxResponseHeaderSize(LARGEST_ANSWER_HEAD);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setHttpCompliance(
        HttpCompliance.RFC9110.with("GATEWAY", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
    configuration.setSendServerVersion(false);
    return configuration;
  }
}
