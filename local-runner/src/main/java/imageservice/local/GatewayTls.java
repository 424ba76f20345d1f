package imageservice.local;

import imageservice.release.Digest;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// TLS on the gateway's port, by a certificate that is read again where its files change, as when
/// it is renewed.
final class GatewayTls implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final TlsFiles files;
  private final PrintStream log;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate").factory());

  /// What was read last, whether or not it could be used.
  private Digest seen;

  private String complaint = "";

  private GatewayTls(TlsFiles files, TlsFiles.Identity identity, PrintStream log) {
    this.files = files;
    this.log = log;
    this.seen = identity.content();
    use(context, identity);
    long period = PERIOD.toMillis();
    var _ = looking.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  /// Reads the files.
  static GatewayTls open(TlsFiles files, PrintStream log) throws CommandException {
    TlsFiles.Identity identity = files.read();
    warn(identity, log);
    return new GatewayTls(files, identity, log);
  }

  /// What makes the port's connections: of TLS where it begins so, else of plain HTTP, whose
  /// requests [GatewayHandler] refuses.
  ConnectionFactory[] factories(HttpConnectionFactory http) {
    SslConnectionFactory tls = new SslConnectionFactory(context, http.getProtocol());
    return new ConnectionFactory[] {new DetectorConnectionFactory(tls), http};
  }

  private void look() {
    try {
      Digest now = files.content();
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      TlsFiles.Identity identity = files.read();
      context.reload(changed -> use((SslContextFactory.Server) changed, identity));
      log.println(
          "the TLS certificate was read again; it ends "
              + identity.own().getNotAfter().toInstant());
      warn(identity, log);
      complaint = "";
    } catch (Exception e) {
      complain("the TLS certificate stays as it was: " + e.getMessage());
    }
  }

  /// Once for each reason.
  private void complain(String reason) {
    if (!reason.equals(complaint)) {
      log.println(reason);
    }
    complaint = reason;
  }

  private static void use(SslContextFactory.Server context, TlsFiles.Identity identity) {
    context.setKeyStore(identity.store());
    context.setKeyStorePassword("");
  }

  private static void warn(TlsFiles.Identity identity, PrintStream log) {
    Instant end = identity.own().getNotAfter().toInstant();
    if (end.isBefore(Instant.now())) {
      log.println("The TLS certificate ended " + end + ": clients will refuse it. Renew it.");
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
