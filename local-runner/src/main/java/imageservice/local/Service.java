package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.builder.BuildLog;
import imageservice.builder.Builder;
import imageservice.builder.BuilderWiring;
import imageservice.builder.IndexLog;
import imageservice.builder.ReleaseIndexing;
import imageservice.builder.cache.BlobCache;
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
import imageservice.ledger.BuildRecord;
import imageservice.ledger.EventLines;
import imageservice.ledger.ItemTable;
import imageservice.ledger.ReleaseLedger;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Everything that `serve` runs, started in order and stopped in reverse.
final class Service implements AutoCloseable {
  private static final int BUILDERS = 4;

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final String url;

  private Service(String url) {
    this.url = url;
  }

  /// Starts every part; where one cannot start, those that run are stopped again.
  static Service start(ServeOptions options, PrintStream log) throws CommandException {
    Optional<GatewayTls> tls =
        options.tls().isPresent()
            ? Optional.of(GatewayTls.open(options.tls().get(), log))
            : Optional.empty();
    Gateway gateway = Gateway.bind(options.listen(), Gateway.Limits.STANDARD, tls);
    Service service =
        new Service(options.listen().url(tls.isPresent() ? "https" : "http", gateway.port()));
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
    Credentials credentials = Credentials.load(data.credentials());
    Storage storage = opened(storage(options, data, credentials, log));
    Changes changes = new Changes();
    ItemTable builds = new WatchedTable(storage.builds(), changes);
    requireReleases(options, new ReleaseLedger(builds));
    BuilderWiring wiring =
        BuildSide.open(
            options.source(),
            Optional.of(new Admissions(storage.builds())),
            data.blobs(),
            options.grubKit(),
            options.overlayPrograms(),
            options.signer().map(signer -> signer),
            options.bootKeys());
    Builder builder = wiring.builder(builds, storage.plans(), storage.sink(), BuildLog.json(lines));
    BuilderPool pool = opened(pool(builder, builds, storage));
    IndexLog indexLog = IndexLog.json(lines);
    ReleaseIndexing indexing = wiring.indexing(builds, Duration.ZERO, indexLog);
    BackgroundIndexing background = opened(new BackgroundIndexing(indexing, indexLog));
    opened(Indexing.start(indexing, new ReleaseLedger(builds), wiring.kitDigest(), log));
    RequestLog requestLog = new JsonRequestLog(lines);
    FunctionsWiring functions =
        new FunctionsWiring(
            options.functions(url, storage.trusted()),
            storage.configurations(),
            builds,
            storage.plans(),
            storage.links(),
            pool,
            background,
            changes,
            requestLog);
    gateway.start(
        new Backend(
            handlers(functions),
            new ObjectDownloads(new LinkCheck(credentials, InstantSource.system()), storage::find),
            direct(options),
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
    measurements.gauge(
        "builds_waiting", "builds that wait for a builder", () -> pool.waiting().size());
    measurements.gauge("cache_bytes", "content that is kept of sources", cache::size);
    measurements.counter("cache_hits", "content that was wanted and kept", cache::hits);
    measurements.counter("cache_misses", "content that had to be fetched or made", cache::misses);
  }

  private Storage storage(
      ServeOptions options, DataFolder data, Credentials credentials, PrintStream log)
      throws CommandException {
    return options.store().isPresent()
        ? shared(options, options.store().get(), credentials, log)
        : FolderStorage.open(data, credentials, options.addresses().objectsOr(url));
  }

  /// Links that lead to a shared bucket are for its clients alone.
  private Direct direct(ServeOptions options) {
    return options.store().isPresent() && !options.direct()
        ? Direct.never()
        : new Direct(options.addresses().objectsOr(url), options.direct());
  }

  private Storage shared(
      ServeOptions options, SharedStore store, Credentials credentials, PrintStream log)
      throws CommandException {
    Optional<OwnLinks> own =
        options.direct()
            ? Optional.of(new OwnLinks(credentials, options.addresses().objectsOr(url)))
            : Optional.empty();
    return SharedStorage.open(store, own, log);
  }

  /// An order in the queue of this process is lost with it: where another could take it up, this
  /// one says that it still has it.
  private BuilderPool pool(Builder builder, ItemTable builds, Storage storage) {
    if (!storage.isShared()) {
      return new BuilderPool(builder, BUILDERS, BuilderPool.FOREVER);
    }
    BuilderPool pool = new BuilderPool(builder, BUILDERS, BuildRecord.LEASE);
    opened(new QueuePulse(new BuildLedger(builds), pool::waiting));
    return pool;
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

  /// Registers a part for `close`.
  private <T extends AutoCloseable> T opened(T part) {
    running.push(part);
    return part;
  }
}
