package imageservice.local;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.http.RequestLog;
import imageservice.functions.http.Responder;
import imageservice.release.TalosVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// What the gateway costs: `bench/run` calls it. The gateway runs in a process of its own, with the
/// heap that `serve` has; clients are threads of this one.
final class GatewayBench {
  private static final int OBJECT = 70 << 20;
  private static final int CONNECTIONS = 1_000;
  private static final int POSTS = 64;
  private static final int POST = 10_000_000;
  private static final AssetAddress ADDRESS =
      new AssetAddress("g1a2b3c4d", new Asset.Talosctl(TalosVersion.of(1, 11, 0), "talosctl"));

  private final int port;
  private final String link;
  private final BufferedReader answers;
  private final OutputStream questions;

  private GatewayBench(Process server) throws IOException {
    answers =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
    questions = server.getOutputStream();
    link = answers.readLine();
    port = URI.create(link).getPort();
  }

  /// Without arguments the clients; with a folder the server, whose objects lie there.
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      serve(Path.of(arguments[0]));
      return;
    }
    Path folder = Files.createTempDirectory("gateway-bench");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayBench.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      new GatewayBench(server).measure();
    } finally {
      server.destroyForcibly().waitFor();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void measure() throws Exception {
    System.out.println("\nThe laptop's gateway");
    double fastest = 0;
    for (int i = 0; i < 8; i++) {
      fastest = Math.max(fastest, download());
    }
    row("an object of 70 MB, the fastest of 8 downloads", fastest, "MB/s", ">=", 500);
    row("1,000 idle connections, heap and buffers", idle() / 1e6, "MB", "<=", 32);
    row("the slowest other answer beside 64 posts of 10 MB", beside(), "s", "<=", 1);
  }

  /// In megabytes a second.
  private double download() throws IOException {
    URI address = URI.create(link);
    long start = System.nanoTime();
    try (Socket socket = connect()) {
      request(socket, "GET " + address.getRawPath() + "?" + address.getRawQuery(), "close");
      byte[] buffer = new byte[1 << 20];
      long received = 0;
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received += n;
      }
      if (received < OBJECT) {
        throw new IOException("only " + received + " bytes");
      }
    }
    return OBJECT / 1e6 / ((System.nanoTime() - start) / 1e9);
  }

  /// What the server holds more with connections that had one request each, in bytes.
  private double idle() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    double before = memory();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket socket = connect();
        sockets.add(socket);
        request(socket, "OPTIONS *", "keep-alive");
        if (socket.getInputStream().read() < 0) {
          throw new IOException("no answer");
        }
      }
      return memory() - before;
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /// In seconds.
  private double beside() throws Exception {
    double slowest = 0;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> posts = new ArrayList<>();
      for (int i = 0; i < POSTS; i++) {
        posts.add(clients.submit(this::post));
      }
      for (int i = 0; i < 200; i++) {
        long start = System.nanoTime();
        try (Socket socket = connect()) {
          request(socket, "OPTIONS *", "close");
          socket.getInputStream().readAllBytes();
        }
        slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
      }
      for (Future<byte[]> post : posts) {
        if (!new String(post.get(), StandardCharsets.UTF_8).startsWith("HTTP/1.1 413 ")) {
          throw new IOException("a post was not refused");
        }
      }
    }
    return slowest;
  }

  private byte[] post() throws IOException {
    try (Socket socket = connect()) {
      String head = "POST /schematics HTTP/1.1\r\nHost: x\r\nContent-Length: " + POST + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[POST]);
      return socket.getInputStream().readAllBytes();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void request(Socket socket, String line, String connection) throws IOException {
    String head = line + " HTTP/1.1\r\nHost: x\r\nConnection: " + connection + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private double memory() throws IOException {
    questions.write('\n');
    questions.flush();
    return Double.parseDouble(answers.readLine());
  }

  private static void row(String what, double value, String unit, String relation, double target) {
    boolean met = relation.equals("<=") ? value <= target : value >= target;
    System.out.printf(
        Locale.ROOT,
        "  %-50s %10.2f %s   target %s %.0f: %s%n",
        what,
        value,
        unit,
        relation,
        target,
        met ? "met" : "OVER TARGET");
  }

  private static void serve(Path folder) throws Exception {
    Credentials credentials = new Credentials("user", "secret");
    try (ObjectStore objects = ObjectStore.open(folder, credentials);
        S3Client s3 = objects.client();
        Gateway gateway = Gateway.bind(ListenAddress.loopback(0), Gateway.Limits.STANDARD)) {
      s3.putObject(
          put -> put.bucket(ObjectStore.BUCKET).key(ADDRESS.toString()),
          RequestBody.fromBytes(new byte[OBJECT]));
      LinkCheck check = new LinkCheck(credentials, InstantSource.system());
      gateway.start(
          new Backend(
              Map.of(),
              new ObjectDownloads(check, objects::find),
              new Responder("server", RequestLog.NONE),
              new Measurements()));
      String address = "http://127.0.0.1:" + gateway.port() + "/";
      System.out.println(
          new ObjectLinks(objects.links(s3), address)
              .presign(ADDRESS, AssetLinks.Method.GET, Optional.empty()));
      while (System.in.read() >= 0) {
        System.out.println(used());
      }
    }
  }

  /// Bytes of the heap after a collection, and of buffers outside of it.
  private static long used() {
    System.gc();
    long buffers =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return buffers + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
