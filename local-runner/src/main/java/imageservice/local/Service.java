package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.builder.BuildLog;
import imageservice.builder.Builder;
import imageservice.builder.IndexLog;
import imageservice.builder.ReleaseIndexing;
import imageservice.builder.store.S3AssetSink;
import imageservice.functions.AssetFunction;
import imageservice.functions.ConfigurationFunction;
import imageservice.functions.FunctionsWiring;
import imageservice.functions.ReleaseFunction;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.ReleaseLedger;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/// Everything that `serve` runs, started in order and stopped in reverse.
final class Service implements AutoCloseable {
  private static final String BUILD_PREFIX = "build#";
  private static final int BUILDERS = 4;

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final int port;

  private Service(int port) {
    this.port = port;
  }

  /// Starts all of it; where something cannot start, what did is stopped again.
  static Service start(ServeOptions options, PrintStream log) throws CommandException {
    Gateway gateway = Gateway.bind(options.port(), Gateway.TIMEOUT);
    Service service = new Service(gateway.port());
    service.running.push(gateway);
    try {
      service.start(options, gateway, log);
      return service;
    } catch (CommandException | RuntimeException e) {
      service.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("while stopping: " + e);
      }
    }
  }

  private void start(ServeOptions options, Gateway gateway, PrintStream log)
      throws CommandException {
    DataFolder data = opened(DataFolder.open(options.data()));
    Tables tables = opened(Tables.open(data.tables()));
    ObjectServer objects =
        opened(
            ObjectServer.start(
                data.objects(),
                Credentials.load(data.credentials()),
                options.addresses().objectPort()));
    S3Client s3 = opened(objects.client());
    BuildSide side =
        BuildSide.open(
            Source.open(options.source()),
            data.blobs(),
            options.grubKit(),
            options.overlayPrograms());
    BuildLedger ledger = new BuildLedger(tables.builds());
    release(tables, ledger);
    Builder builder =
        new Builder(
            ledger,
            side.assembler(),
            new S3AssetSink(s3, ObjectServer.BUCKET),
            InstantSource.system(),
            BuildLog.json(log));
    BuilderPool pool = opened(new BuilderPool(builder, BUILDERS));
    ReleaseLedger releases = new ReleaseLedger(tables.builds());
    IndexLog indexLog = IndexLog.json(log);
    ReleaseIndexing indexing = side.indexing(releases, indexLog);
    BackgroundIndexing background = opened(new BackgroundIndexing(indexing, indexLog));
    opened(Indexing.start(indexing, releases, side.kitDigest(), log));
    FunctionsWiring wiring =
        new FunctionsWiring(
            options.functions("http://127.0.0.1:" + port + "/"),
            tables.configurations(),
            tables.builds(),
            new S3AssetLinks(
                s3, opened(objects.presigner(options.addresses().objects())), ObjectServer.BUCKET),
            pool,
            background,
            Waiting.REAL,
            new JsonRequestLog(log));
    gateway.start(functions(wiring));
  }

  private static Map<String, RequestStreamHandler> functions(FunctionsWiring wiring) {
    RequestStreamHandler configurations = new ConfigurationFunction(wiring);
    RequestStreamHandler assets = new AssetFunction(wiring);
    return Map.of(
        "schematics", configurations,
        "configuration", configurations,
        "image", assets,
        "builds", assets,
        "talosctl", assets,
        "version", assets,
        "pxe", assets,
        "", new ReleaseFunction(wiring));
  }

  /// The folder is ours alone, so whoever was building in it is gone.
  private static void release(Tables tables, BuildLedger ledger) throws CommandException {
    try {
      for (String key : tables.builds().keys(BUILD_PREFIX)) {
        ledger.abandon(key.substring(BUILD_PREFIX.length()));
      }
    } catch (IOException e) {
      throw new CommandException("the table of builds cannot be read: " + e.getMessage());
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    running.push(part);
    return part;
  }
}
