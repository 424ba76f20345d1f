package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Responder;
import imageservice.release.TalosVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Clients that make the gateway wait, many at once.
@Timeout(60)
final class GatewayCrowdTest {
  private static final String OK =
      "{\"statusCode\":200,\"headers\":{},\"body\":\"hello\",\"isBase64Encoded\":false}";
  private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  private static final int CROWD = 400;
  private static final int DOWNLOADS = 100;
  private static final int OBJECT = 8 << 20;
  private static final int MOST_FOR_A_DOWNLOAD = 48 << 10;
  private static final AssetAddress ADDRESS =
      new AssetAddress("g1a2b3c4d", new Asset.Talosctl(TalosVersion.of(1, 11, 0), "talosctl"));

  private final PrintStream log =
      new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
  private final List<Socket> crowd = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @Test
  void answersOthersWhileManyBodiesArrive() throws Exception {
    try (Gateway gateway = started(GatewayCrowdTest::hello);
        Socket other = Wire.connect(gateway)) {
      gather(gateway, CROWD, "POST /" + LAST + "Content-Length: 2\r\n\r\n{");
      Wire.send(other, "GET /" + LAST + "\r\n");
      assertThat(Wire.rest(other)).startsWith("HTTP/1.1 200 ");
      leave();
    }
  }

  @Test
  void answersOthersWhileManyWaitForABuild() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(CROWD);
    RequestStreamHandler building =
        (in, out, context) -> {
          if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("/held")) {
            held.countDown();
            await(end);
          }
          hello(in, out, context);
        };
    try (Gateway gateway = started(building);
        Socket other = Wire.connect(gateway)) {
      gather(gateway, CROWD, "GET /held" + LAST + "\r\n");
      await(held);
      Wire.send(other, "GET /" + LAST + "\r\n");
      assertThat(Wire.rest(other)).startsWith("HTTP/1.1 200 ");
      end.countDown();
      leave();
    }
  }

  /// Every connection may be a download, so what one costs is what all of memory is divided by.
  @Test
  void keepsLittleForADownloadThatItsClientDoesNotRead() throws Exception {
    Credentials credentials = new Credentials("user", "secret");
    try (ObjectStore objects = ObjectStore.open(folder, credentials);
        S3Client s3 = objects.client();
        Gateway gateway = Wire.bound(Gateway.Limits.STANDARD)) {
      gateway.start(
          new Backend(
              Map.of(),
              new ObjectDownloads(
                  new LinkCheck(credentials, InstantSource.system()), objects::find),
              new Responder("server", new JsonRequestLog(log)),
              new Measurements()));
      s3.putObject(
          put -> put.bucket(ObjectStore.BUCKET).key(ADDRESS.toString()),
          RequestBody.fromBytes(new byte[OBJECT]));
      URI link = URI.create(link(objects.links(s3), gateway));
      long before = directMemory();
      gather(
          gateway,
          DOWNLOADS,
          "GET " + link.getRawPath() + "?" + link.getRawQuery() + LAST + "\r\n");
      for (Socket client : crowd) {
        assertThat(client.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      }
      assertThat(directMemory() - before).isLessThan(DOWNLOADS * (long) MOST_FOR_A_DOWNLOAD);
      leave();
    }
  }

  private static String link(AssetLinks signed, Gateway gateway) {
    return new ObjectLinks(signed, "http://127.0.0.1:" + gateway.port() + "/")
        .presign(ADDRESS, AssetLinks.Method.GET, Optional.empty());
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private void gather(Gateway gateway, int clients, String request) throws IOException {
    for (int i = 0; i < clients; i++) {
      Socket client = new Socket();
      crowd.add(client);
      client.setReceiveBufferSize(4_096);
      client.setSoTimeout(20_000);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
      Wire.send(client, request);
    }
  }

  private void leave() throws IOException {
    for (Socket client : crowd) {
      client.close();
    }
  }

  private Gateway started(RequestStreamHandler function) {
    Gateway gateway = Wire.bound(Gateway.Limits.STANDARD);
    gateway.start(Wire.backend(function, log));
    return gateway;
  }

  private static void hello(InputStream in, OutputStream out, Object context) throws IOException {
    out.write(OK.getBytes(StandardCharsets.UTF_8));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
