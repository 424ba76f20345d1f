package imageservice.blackbox.deployed;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;

/// An AWS account on this machine: ministack, on a port of its own of the loopback interface. It
/// checks signatures, and each call of a function against the policy of the function's role.
final class Emulator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();

  private Emulator(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /// @param folder for its log and all that it and the functions keep
  /// @param settings more of its environment
  static Emulator start(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = folder.resolve("emulator.log");
    Path temporary = Files.createDirectories(folder.resolve("emulator"));
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder(program());
    builder
        .environment()
        .putAll(
            Map.of(
                "AUTH",
                "true",
                "BIND_HOST",
                "127.0.0.1",
                "GATEWAY_PORT",
                Integer.toString(port),
                "MINISTACK_HOST",
                "localhost",
                "MINISTACK_REGION",
                AwsQuery.REGION,
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + port,
                "IOT_MTLS_ENABLED",
                "0",
                "SFTP_ENABLED",
                "0",
                "PYTHONPATH",
                corrections(folder).toString(),
                "TMPDIR",
                temporary.toString()));
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Emulator(builder.start(), port, log).awaitReady();
  }

  /// Writes what puts the emulator right where S3 does otherwise; Python reads it by its name.
  private static Path corrections(Path folder) throws IOException {
    String name = "sitecustomize.py";
    Path own = Files.createDirectories(folder.resolve("corrections"));
    try (InputStream in = Emulator.class.getResourceAsStream("/emulator/" + name)) {
      Files.copy(Objects.requireNonNull(in, name), own.resolve(name));
    }
    return own;
  }

  /// The emulator's program, which `./test` installs; `-Dministack.program=` names another.
  static String program() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    Path folder =
        (cache == null || cache.isEmpty() ? home : Path.of(cache)).resolve("image-service");
    String program =
        System.getProperty(
            "ministack.program", folder.resolve("ministack/bin/ministack").toString());
    return program;
  }

  private static int freePort() throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      return socket.getLocalPort();
    }
  }

  private Emulator awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isHealthy()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the emulator is not ready: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
    if (log().contains("Error in sitecustomize")) {
      throw new IOException("the emulator is not put right: " + log());
    }
    return this;
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      HttpRequest health =
          HttpRequest.newBuilder(URI.create(endpoint() + "/_ministack/health")).build();
      return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  S3Client s3() {
    return client(S3Client.builder().forcePathStyle(true)).build();
  }

  /// Invokes a function and waits for its answer; returns what it failed with.
  String invoke(String function, String event) {
    try (LambdaClient lambda = client(LambdaClient.builder()).build()) {
      InvokeResponse answer =
          lambda.invoke(
              invoke -> invoke.functionName(function).payload(SdkBytes.fromUtf8String(event)));
      return answer.functionError() == null
          ? ""
          : function + ": " + answer.payload().asUtf8String();
    }
  }

  /// Limits how many instances of a function may work at once; 0 keeps all orders waiting.
  void limit(String function, int instances) {
    try (LambdaClient lambda = client(LambdaClient.builder()).build()) {
      lambda.putFunctionConcurrency(
          put -> put.functionName(function).reservedConcurrentExecutions(instances));
    }
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B client(B builder) {
    return builder
        .endpointOverride(URI.create(endpoint()))
        .region(Region.of(AwsQuery.REGION))
        .credentialsProvider(StaticCredentialsProvider.create(AwsQuery.ROOT))
        .httpClient(UrlConnectionHttpClient.create());
  }

  /// Calls an action of a service that speaks AWS's query protocol; returns its answer in XML.
  String query(String service, String action, Map<String, String> parameters)
      throws IOException, InterruptedException {
    return new AwsQuery(client, URI.create(endpoint() + "/")).call(service, action, parameters);
  }

  @Override
  public void close() {
    client.shutdownNow();
    List<ProcessHandle> functions = process.descendants().toList();
    process.destroyForcibly();
    functions.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
