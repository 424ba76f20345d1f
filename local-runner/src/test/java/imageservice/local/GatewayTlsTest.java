package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.sign.PemSigner;
import imageservice.builder.sign.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What connections of TLS may take.
@Timeout(60)
final class GatewayTlsTest {
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String ANSWER =
      "{\"statusCode\":200,\"headers\":{},\"body\":\"hello\",\"isBase64Encoded\":false}";

  /// The head of a record with a greeting of 16 KiB (RFC 8446, 5.1).
  private static final byte[] RECORD = {0x16, 3, 1, 0x40, 0, 1};

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream lines = new PrintStream(log, true, StandardCharsets.UTF_8);

  /// It is never silent, and never comes to an end.
  @Test
  void aGreetingThatArrivesByteByByteHasItsTime() throws Exception {
    try (Gateway gateway = started(Instant.now().plus(Duration.ofDays(1)));
        Socket client = Wire.connect(gateway)) {
      client.getOutputStream().write(RECORD);
      boolean open = true;
      while (open) {
        Thread.sleep(20);
        open = sends(client);
      }
      assertThat(client.isConnected()).isTrue();
    }
  }

  private static boolean sends(Socket client) {
    try {
      client.getOutputStream().write(0);
      return client.getInputStream().available() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aConnectionThatIsAgreedOnWaitsForItsNextRequest() throws Exception {
    try (Gateway gateway = started(Instant.now().plus(Duration.ofDays(1)));
        Socket client =
            trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
      client.setSoTimeout(20_000);
      for (int i = 0; i < 2; i++) {
        Wire.send(client, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
        Thread.sleep(SHORT.multipliedBy(2));
        client.getInputStream().skipNBytes(client.getInputStream().available());
      }
    }
  }

  @Test
  void aCertificateThatHasEndedIsUsedWithAWarning() throws Exception {
    Instant end = Instant.parse("2020-01-01T00:00:00Z");
    try (Gateway gateway = started(end)) {
      assertThat(gateway.port()).isPositive();
      assertThat(log.toString(StandardCharsets.UTF_8))
          .isEqualTo(
              "The TLS certificate ended 2020-01-01T00:00:00Z: clients will refuse it. Renew it.\n");
    }
  }

  private Gateway started(Instant end) throws Exception {
    Gateway gateway =
        Gateway.bind(
            ListenAddress.loopback(0),
            new Gateway.Limits(Gateway.TIMEOUT, LONG, SHORT, 10),
            Optional.of(GatewayTls.open(files(end), lines)));
    gateway.start(
        Wire.backend(
            (in, out, context) -> out.write(ANSWER.getBytes(StandardCharsets.UTF_8)), lines));
    return gateway;
  }

  private TlsFiles files(Instant end) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    String certificate =
        new SelfSigned("test", BigInteger.ONE, end.minus(Duration.ofDays(9)), end)
            .certificate(PemSigner.of(key))
            .pem();
    return new TlsFiles(
        Files.writeString(folder.resolve("tls.crt"), certificate),
        Files.writeString(folder.resolve("tls.key"), key));
  }

  private static SSLContext trusting() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        null,
        new TrustManager[] {
          new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
              return new X509Certificate[0];
            }
          }
        },
        null);
    return context;
  }
}
