package imageservice.functions;

import imageservice.configuration.ConfigurationId;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.http.Body;
import imageservice.functions.http.Request;
import imageservice.functions.http.RequestLog;
import imageservice.functions.http.Response;
import imageservice.functions.http.Router;
import imageservice.functions.release.IndexerInvocation;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildState;
import imageservice.ledger.CountingTable;
import imageservice.ledger.FailureKind;
import imageservice.ledger.MemoryPlanStore;
import imageservice.ledger.Progress;
import imageservice.ledger.ReleaseLedger;
import imageservice.ledger.Stage;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.plan.BootKeys;
import imageservice.plan.SigningKey;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The whole request side over tables in memory, with a time that passes when somebody waits and a
/// builder that does as it is told.
public final class TestService implements BuilderInvocation, IndexerInvocation, RequestLog {
  public static final String EMPTY =
      "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";
  public static final StoredProduct PRODUCT =
      new StoredProduct(
          new StoredObject(
              42, new Digest("sha256:" + "ab".repeat(32)), Optional.of("cd".repeat(64))),
          List.of(),
          List.of());
  public static final Duration PATIENCE = Duration.ofSeconds(150);
  public static final Duration TRUSTED = Duration.ofDays(60);
  private static final String URL = "https://factory.example/";

  /// What the builder does with an order.
  public interface Behaviour {
    void build(BuildOrder order) throws IOException;
  }

  /// What the indexer does with a version.
  public interface Indexer {
    void index(TalosVersion version) throws IOException;
  }

  public final CountingTable configurations = new CountingTable();
  public final CountingTable builds = new CountingTable();
  public final MemoryPlanStore plans = new MemoryPlanStore();
  public final BuildLedger ledger = new BuildLedger(builds);
  public final List<BuildOrder> orders = new CopyOnWriteArrayList<>();
  public final List<Exception> failures = new ArrayList<>();
  public final List<TalosVersion> indexed = new CopyOnWriteArrayList<>();
  public final TestStore store = new TestStore();
  private final Timeline time = new Timeline();
  private final IdRule rule;
  private final List<TalosVersion> broken;
  private volatile Behaviour behaviour = order -> {};
  private volatile Indexer indexer = version -> {};
  private String pxeUrl = URL;
  private @Nullable BootKeys bootKeys;
  private boolean answersHead;
  private boolean proxiesSources;
  private @Nullable Integer waitingPlaces;
  private @Nullable SigningKey signingKey;

  public TestService() {
    this(new IdRule.Plain(), List.of());
  }

  public TestService(IdRule rule, List<TalosVersion> broken) {
    this.rule = rule;
    this.broken = List.copyOf(broken);
  }

  /// Offers these versions, all from one image, and a GRUB kit.
  public TestService offering(String... versions) throws IOException {
    Digest imager = new Digest("sha256:" + "1".repeat(64));
    new ReleaseLedger(builds)
        .write(
            new ReleaseIndex(
                Arrays.stream(versions)
                    .map(v -> new Release(TalosVersion.parse(v).orElseThrow(), imager))
                    .toList(),
                Optional.of(new Digest("sha256:" + "2".repeat(64)))));
    return this;
  }

  public TestService builder(Behaviour told) {
    behaviour = told;
    return this;
  }

  public TestService indexer(Indexer told) {
    indexer = told;
    return this;
  }

  /// Machines boot over the network from here.
  public TestService pxe(String url) {
    pxeUrl = url;
    return this;
  }

  /// Answers HEAD of an asset with its length.
  public TestService answeringHead() {
    answersHead = true;
    return this;
  }

  /// Passes images of the source on.
  public TestService proxyingSources() {
    proxiesSources = true;
    return this;
  }

  /// Lets so many requests wait for builds.
  public TestService waiting(int places) {
    waitingPlaces = places;
    return this;
  }

  /// Has keys for secure boot.
  public TestService signing() {
    bootKeys = RecordedKeys.KEYS;
    return this;
  }

  /// Signs images by a key.
  public TestService signing(SigningKey key) {
    signingKey = key;
    return this;
  }

  public void write(ReleaseDocument document) throws IOException {
    new ReleaseLedger(builds).write(document);
  }

  /// Says that a document could not be written.
  public void failIndexing(TalosVersion version, String message) throws IOException {
    new ReleaseLedger(builds).failIndexing(version, message, now());
  }

  /// From now on no time passes by waiting: for callers that wait at the same time.
  public void standStill() {
    time.standStill();
  }

  /// Finishes an order once callers have waited so often.
  public void finishAfter(int waits, BuildOrder order) {
    afterPauses(waits, () -> finish(order));
  }

  /// Does this once callers have waited so often.
  public void afterPauses(int waits, Timeline.Step step) {
    time.afterPauses(waits, step);
  }

  /// A builder that is done at once.
  public TestService quickBuilder() {
    return builder(this::finish);
  }

  public void finish(BuildOrder order) throws IOException {
    finish(order, PRODUCT);
  }

  /// Says that a product is stored, for a builder that takes the order first where none has.
  public void finish(BuildOrder order, StoredProduct product) throws IOException {
    ledger.claim(order.address(), order.fence(), now());
    ledger.ready(order.address(), order.fence(), new BuildState.Ready(product, now()));
  }

  public void fail(BuildOrder order, FailureKind kind, String message) throws IOException {
    beat(order, new Progress(Stage.FETCHING, 1, 4));
    ledger.fail(order.address(), order.fence(), kind, message, now());
  }

  /// Says how far a builder is, which takes the order first where none has.
  public void beat(BuildOrder order, Progress progress) throws IOException {
    ledger.claim(order.address(), order.fence(), now());
    ledger.beat(order.address(), order.fence(), progress, now());
  }

  /// Does this once so much time has passed.
  public void after(Duration delay, Behaviour step, BuildOrder order) {
    after(delay, () -> step.build(order));
  }

  public void after(Duration delay, Timeline.Step step) {
    time.after(delay, step);
  }

  public void pass(Duration duration) {
    time.pause(duration);
  }

  public FunctionsWiring wiring() {
    return new FunctionsWiring(
        new FunctionsSettings(
            URL,
            pxeUrl,
            Optional.ofNullable(bootKeys),
            false,
            "Image Factory test",
            () -> rule,
            Dialect.PRIMARY,
            broken,
            FunctionsSettings.DEFAULT_HOLD,
            Optional.ofNullable(waitingPlaces),
            TRUSTED,
            answersHead,
            proxiesSources,
            Optional.ofNullable(signingKey)),
        configurations,
        builds,
        plans,
        store,
        this,
        this,
        time,
        this);
  }

  /// Posts a document and tells its id.
  public ConfigurationId post(String document) {
    Response response =
        wiring()
            .router(Endpoint.Owner.CONFIGURATION)
            .apply(request("POST", "/schematics", "", Map.of(), document));
    try {
      JsonFields fields = JsonFields.parse(response.body().text());
      return new ConfigurationId(fields.text("id"));
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(response.body().text(), e);
    }
  }

  public Response get(String path) {
    return send("GET", path, Map.of());
  }

  /// Sends a request to whichever function answers its path.
  public Response send(String method, String address, Map<String, String> headers) {
    return send(method, address, headers, "");
  }

  public Response send(String method, String address, Map<String, String> headers, String body) {
    int mark = address.indexOf('?');
    String path = mark < 0 ? address : address.substring(0, mark);
    String query = mark < 0 ? "" : address.substring(mark + 1);
    return router(path).apply(request(method, path, query, headers, body));
  }

  public static Request request(
      String method, String path, String query, Map<String, String> headers, String body) {
    return new Request(method, path, query, headers, Body.of(body), "request-id");
  }

  private Router router(String path) {
    return wiring().router(Endpoint.ownerOf(path));
  }

  @Override
  public void start(BuildOrder order) throws IOException {
    orders.add(order);
    behaviour.build(order);
  }

  @Override
  public void start(TalosVersion version) throws IOException {
    indexed.add(version);
    indexer.index(version);
  }

  public Instant now() {
    return time.now();
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public void answered(Request request, Response response) {}

  @Override
  public void failed(Request request, Exception cause) {
    failures.add(cause);
  }
}
