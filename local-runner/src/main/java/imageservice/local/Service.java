package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.builder.BuildLog;
import imageservice.builder.Builder;
import imageservice.builder.BuilderWiring;
import imageservice.builder.IndexLog;
import imageservice.builder.ReleaseIndexing;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.store.PartBuffers;
import imageservice.builder.store.S3AssetSink;
import imageservice.functions.AssetFunction;
import imageservice.functions.ConfigurationFunction;
import imageservice.functions.Endpoint;
import imageservice.functions.FunctionsSettings;
import imageservice.functions.FunctionsWiring;
import imageservice.functions.RegistryFunction;
import imageservice.functions.ReleaseFunction;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.RequestLog;
import imageservice.functions.http.Responder;
import imageservice.ledger.Admissions;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.EventLines;
import imageservice.ledger.ItemTable;
import imageservice.ledger.PlanStore;
import imageservice.ledger.ReleaseLedger;
import imageservice.ledger.Retention;
import imageservice.ledger.S3PlanStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// Everything that `serve` runs, started in order and stopped in reverse.
final class Service implements AutoCloseable {
  private static final String BUILD_PREFIX = "build#";
  private static final int BUILDERS = 4;

  /// Parts of 10 MiB on their way to the store at once.
  private static final int BUFFERS = 6;

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final String url;

  private Service(String url) {
    this.url = url;
  }

  /// Starts every part; where one cannot start, those that run are stopped again.
  static Service start(ServeOptions options, PrintStream log) throws CommandException {
    Gateway gateway = Gateway.bind(options.listen(), Gateway.Limits.STANDARD);
    Service service = new Service(options.listen().url(gateway.port()));
    service.running.push(gateway);
    try {
      service.start(options, gateway, log);
      return service;
    } catch (CommandException | RuntimeException e) {
      service.close();
      throw e;
    }
  }

  /// The URL that it listens on, with a final slash.
  String url() {
    return url;
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
    Measurements measurements = new Measurements();
    EventLines lines = EventLines.counted(log, measurements);
    DataFolder data = opened(DataFolder.open(options.data()));
    Tables tables = opened(Tables.open(data.tables()));
    Credentials credentials = Credentials.load(data.credentials());
    ObjectStore objects = opened(ObjectStore.open(data.objects(), credentials));
    S3Client s3 = opened(objects.client());
    Changes changes = new Changes();
    ItemTable builds = new WatchedTable(tables.builds(), changes);
    requireReleases(options, new ReleaseLedger(builds));
    PlanStore plans = new S3PlanStore(() -> s3, ObjectStore.BUCKET);
    BuilderWiring wiring =
        BuildSide.open(
            options.source(),
            Optional.of(new Admissions(tables.builds())),
            data.blobs(),
            options.grubKit(),
            options.overlayPrograms(),
            options.signer().map(signer -> signer),
            options.bootKeys());
    abandonBuilds(tables);
    Builder builder =
        wiring.builder(
            builds,
            plans,
            new S3AssetSink(
                () -> s3,
                ObjectStore.BUCKET,
                new PartBuffers(BUFFERS),
                InstantSource.system(),
                Retention.FRESH),
            BuildLog.json(lines));
    BuilderPool pool = opened(new BuilderPool(builder, BUILDERS));
    IndexLog indexLog = IndexLog.json(lines);
    ReleaseIndexing indexing = wiring.indexing(builds, Duration.ZERO, indexLog);
    BackgroundIndexing background = opened(new BackgroundIndexing(indexing, indexLog));
    opened(Indexing.start(indexing, new ReleaseLedger(builds), wiring.kitDigest(), log));
    RequestLog requestLog = new JsonRequestLog(lines);
    FunctionsWiring functions =
        new FunctionsWiring(
            options.functions(url),
            tables.configurations(),
            builds,
            plans,
            new ObjectLinks(objects.links(s3), options.addresses().objectsOr(url)),
            pool,
            background,
            changes,
            requestLog);
    gateway.start(
        new Backend(
            handlers(functions),
            new ObjectDownloads(new LinkCheck(credentials, InstantSource.system()), objects::find),
            new Responder(FunctionsSettings.SERVER, requestLog),
            measurements));
    measureLoad(measurements, gateway, changes, pool, wiring.cache());
  }

  private static void measureLoad(
      Measurements measurements,
      Gateway gateway,
      Changes changes,
      BuilderPool pool,
      BlobCache cache) {
    measurements.gauge("connections", "open connections", gateway::connections);
    measurements.gauge(
        "requests_waiting", "requests that wait for a build or a document", changes::waiting);
    measurements.gauge("builds_running", "builds under way", pool::running);
    measurements.gauge("builds_waiting", "builds that wait for a builder", pool::waiting);
    measurements.gauge("cache_bytes", "content that is kept of sources", cache::size);
    measurements.counter("cache_hits", "content that was wanted and kept", cache::hits);
    measurements.counter("cache_misses", "content that had to be fetched or made", cache::misses);
  }

  private static Map<Endpoint.Owner, RequestStreamHandler> handlers(FunctionsWiring wiring) {
    Map<Endpoint.Owner, RequestStreamHandler> handlers = new EnumMap<>(Endpoint.Owner.class);
    for (Endpoint.Owner owner : Endpoint.Owner.values()) {
      handlers.put(
          owner,
          switch (owner) {
            case CONFIGURATION -> new ConfigurationFunction(wiring);
            case ASSET -> new AssetFunction(wiring);
            case REGISTRY -> new RegistryFunction(wiring);
            case RELEASE -> new ReleaseFunction(wiring);
          });
    }
    return handlers;
  }

  /// A first start needs a source with releases; later ones get along without.
  private static void requireReleases(ServeOptions options, ReleaseLedger releases)
      throws CommandException {
    try {
      if (!releases.isPresent()) {
        Source.requireReleases(options.source().images());
      }
    } catch (IOException e) {
      throw new CommandException("the index of releases cannot be read: " + e.getMessage());
    }
  }

  /// Ends the leases of builds that an earlier process left. One process uses the folder at a time,
  /// so their builders are gone.
  private static void abandonBuilds(Tables tables) throws CommandException {
    BuildLedger ledger = new BuildLedger(tables.builds());
    try {
      for (String key : tables.builds().keys(BUILD_PREFIX)) {
        ledger.abandon(key.substring(BUILD_PREFIX.length()), Instant.now());
      }
    } catch (IOException e) {
      throw new CommandException("the table of builds cannot be read: " + e.getMessage());
    }
  }

  /// Registers a part for `close`.
  private <T extends AutoCloseable> T opened(T part) {
    running.push(part);
    return part;
  }
}
