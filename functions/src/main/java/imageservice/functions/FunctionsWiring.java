package imageservice.functions;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.functions.asset.AssetContexts;
import imageservice.functions.asset.AssetHandler;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.BuildStatus;
import imageservice.functions.asset.BuildStatusHandler;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.asset.ChangesHandler;
import imageservice.functions.asset.ColdAsset;
import imageservice.functions.asset.Companions;
import imageservice.functions.asset.ConfiguredPaths;
import imageservice.functions.asset.Delivery;
import imageservice.functions.asset.LinksDocument;
import imageservice.functions.asset.LinksHandler;
import imageservice.functions.asset.LockHandler;
import imageservice.functions.asset.Orders;
import imageservice.functions.asset.PlanProblem;
import imageservice.functions.asset.Redirects;
import imageservice.functions.asset.Serving;
import imageservice.functions.asset.StoredAssets;
import imageservice.functions.asset.TableWaitingRoom;
import imageservice.functions.asset.TalosctlHandler;
import imageservice.functions.configuration.ConfigurationHandler;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Handler;
import imageservice.functions.http.ProblemFormat;
import imageservice.functions.http.RequestLog;
import imageservice.functions.http.Responder;
import imageservice.functions.http.Route;
import imageservice.functions.http.Router;
import imageservice.functions.http.Waiting;
import imageservice.functions.http.WaitingRoom;
import imageservice.functions.pxe.PxeHandler;
import imageservice.functions.pxe.PxeListHandler;
import imageservice.functions.registry.Attachments;
import imageservice.functions.registry.BlobHandler;
import imageservice.functions.registry.ManifestHandler;
import imageservice.functions.registry.Manifests;
import imageservice.functions.registry.ReferrersHandler;
import imageservice.functions.registry.RegistryErrors;
import imageservice.functions.registry.RegistryHandler;
import imageservice.functions.registry.Repositories;
import imageservice.functions.registry.SigningKeyHandler;
import imageservice.functions.registry.TagsHandler;
import imageservice.functions.release.CatalogueHandler;
import imageservice.functions.release.CertificateHandler;
import imageservice.functions.release.HealthHandler;
import imageservice.functions.release.IndexerInvocation;
import imageservice.functions.release.ReleaseCatalogues;
import imageservice.functions.release.ReleaseDocuments;
import imageservice.functions.release.ReleaseReadiness;
import imageservice.functions.release.VersionsHandler;
import imageservice.functions.web.ChoicesHandler;
import imageservice.functions.web.Page;
import imageservice.functions.web.ProblemPage;
import imageservice.functions.web.WebFiles;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.ItemTable;
import imageservice.ledger.Lazy;
import imageservice.ledger.PlanStore;
import imageservice.ledger.ReleaseLedger;
import imageservice.plan.BootKeys;
import imageservice.plan.Generations;
import imageservice.plan.Planner;
import java.time.Duration;
import java.util.Arrays;

/// Puts the request side together from adapters for AWS, for one machine or for tests.
///
/// @param configurations the table of configurations
/// @param builds the table of builds and releases
public record FunctionsWiring(
    FunctionsSettings settings,
    ItemTable configurations,
    ItemTable builds,
    PlanStore plans,
    AssetLinks links,
    BuilderInvocation builder,
    IndexerInvocation indexer,
    Waiting waiting,
    RequestLog log) {
  private static final Duration ATTESTATION_HOLD = Duration.ofSeconds(3);

  /// The router of one function: its rows of the route table, each with its handler.
  public Router router(Endpoint.Owner function) {
    return new Router(
        Arrays.stream(Endpoint.values())
            .filter(endpoint -> endpoint.isAnsweredBy(function))
            .map(row -> new Route(row.method(), row.pattern(), lazily(row)))
            .toList(),
        new Responder(settings.server(), log, problems(function)));
  }

  private static ProblemFormat problems(Endpoint.Owner function) {
    return switch (function) {
      case REGISTRY -> RegistryErrors::of;
      case CONFIGURATION, ASSET, RELEASE -> ProblemPage::of;
    };
  }

  /// Made by its first request: a function that starts has one to answer.
  private Handler lazily(Endpoint endpoint) {
    Lazy<Handler> handler = new Lazy<>(() -> handler(endpoint));
    return (request, segments) -> handler.get().handle(request, segments);
  }

  private Handler handler(Endpoint endpoint) {
    return switch (endpoint) {
      case CREATE_CONFIGURATION, CREATE_CONFIGURATION_FIRST_API -> configurationHandler()::create;
      case CONFIGURATION, CONFIGURATION_FIRST_API -> configurationHandler()::find;
      case CHANGES -> new ChangesHandler(store(), catalogue(), planner());
      case LINKS ->
          new LinksHandler(
              store(),
              contexts(),
              problems(),
              new LinksDocument(
                  contexts(),
                  settings.externalUrl(),
                  settings.pxeUrl(),
                  settings.signingKey().isPresent(),
                  ledger().pace()));
      case ASSET -> new AssetHandler(paths(), companions());
      case LOCK ->
          new LockHandler(settings.externalUrl(), store(), catalogue(), settings.bootKeys());
      case BUILD -> new BuildStatusHandler(ledger(), status());
      case TALOSCTL_LIST -> catalogues()::talosctl;
      case TALOSCTL -> new TalosctlHandler(companions());
      case EXTENSIONS -> catalogues()::extensions;
      case OVERLAYS -> catalogues()::overlays;
      case PXE_LIST ->
          new PxeListHandler(settings.externalUrl(), settings.pxeUrl(), releases(), readiness());
      case PXE ->
          new PxeHandler(settings.pxeUrl(), paths(), contexts(), cold(redirects()), problems());
      case REGISTRY, REGISTRY_SLASH -> (request, segments) -> RegistryHandler.supported(request);
      case MANIFEST ->
          new ManifestHandler(
              repositories(),
              releases(),
              readiness(),
              links,
              attachments(),
              delivery(new Manifests(links)));
      case BLOB -> new BlobHandler(repositories(), links, settings.answersHead());
      case TAGS -> new TagsHandler(repositories(), releases(), readiness());
      case REFERRERS -> new ReferrersHandler(repositories(), attachments());
      case SIGNING_KEY ->
          (request, segments) -> new SigningKeyHandler(settings.signingKey()).find(request);
      case SECURE_BOOT_CERTIFICATE -> certificates()::pem;
      case SECURE_BOOT_CERTIFICATE_DER -> certificates()::der;
      case REGISTRY_OTHER -> (request, segments) -> RegistryHandler.unknown(request);
      case FRONT_PAGE -> Page::show;
      case OPENAPI -> WebFiles::openApi;
      case CHOICES -> new ChoicesHandler(settings.bootKeys().isPresent());
      case WEB_FILE -> WebFiles::find;
      case VERSIONS -> new VersionsHandler(releases(), readiness(), settings.broken());
      case LIVE -> new HealthHandler(releases(), readiness())::live;
      case READY -> new HealthHandler(releases(), readiness())::ready;
    };
  }

  private CertificateHandler certificates() {
    return new CertificateHandler(settings.bootKeys().map(BootKeys::certificate));
  }

  private ConfigurationHandler configurationHandler() {
    return new ConfigurationHandler(
        store(), new ConfigurationDecoder(false), settings.idRule().get(), settings.dialect());
  }

  private CatalogueHandler catalogues() {
    return new CatalogueHandler(settings.externalUrl(), catalogue());
  }

  private ReleaseCatalogues catalogue() {
    return new ReleaseCatalogues(releases(), readiness(), documents(), waiting, settings.hold());
  }

  private Companions companions() {
    return new Companions(
        delivery(redirects())::answer,
        this::delivery,
        contexts(),
        settings.externalUrl(),
        settings.signingKey().isPresent()
            ? delivery(Companions.attested(attestations()))::answer
            : (request, asset, name) -> problems().of(Planner.NOT_SIGNED));
  }

  /// An attestation is asked for at the end of the hold for its asset, and made in no time.
  private Delivery attestations() {
    return delivery(redirects(), ATTESTATION_HOLD);
  }

  private Delivery delivery(Serving serving) {
    return delivery(serving, settings.hold());
  }

  private Delivery delivery(Serving serving, Duration hold) {
    return new Delivery(contexts(), ledger(), stored(), cold(serving, hold), serving);
  }

  private ColdAsset cold(Serving serving) {
    return cold(serving, settings.hold());
  }

  private ColdAsset cold(Serving serving, Duration hold) {
    return new ColdAsset(
        contexts(),
        documents(),
        new Orders(ledger(), plans, builder, stored(), waiting),
        stored(),
        serving,
        status(),
        problems(),
        waiting,
        room(),
        hold);
  }

  private WaitingRoom room() {
    return settings
        .waitingPlaces()
        .<WaitingRoom>map(places -> new TableWaitingRoom(builds, places, waiting::now))
        .orElseGet(WaitingRoom::unlimited);
  }

  private AssetContexts contexts() {
    return new AssetContexts(planner(), generations(), store(), builds);
  }

  private Planner planner() {
    return new Planner(
        settings.externalUrl(),
        settings.bootKeys(),
        settings.runsOverlayPrograms(),
        settings.signingKey());
  }

  private Generations generations() {
    return new Generations(settings.externalUrl(), settings.signingKey(), settings.bootKeys());
  }

  private Repositories repositories() {
    return new Repositories(store(), settings.proxiesSources());
  }

  private Attachments attachments() {
    return new Attachments(generations(), links);
  }

  private ConfiguredPaths paths() {
    return new ConfiguredPaths(store());
  }

  private ReleaseDocuments documents() {
    return new ReleaseDocuments(releases(), indexer, waiting, room());
  }

  private Redirects redirects() {
    return new Redirects(links, settings.answersHead());
  }

  private BuildStatus status() {
    return new BuildStatus(plans, ledger(), waiting);
  }

  private StoredAssets stored() {
    return new StoredAssets(links, waiting, settings.trusted());
  }

  private PlanProblem problems() {
    return new PlanProblem(readiness());
  }

  private ReleaseReadiness readiness() {
    return new ReleaseReadiness(releases());
  }

  private ConfigurationStore store() {
    return new ConfigurationStore(configurations, settings.idRule().get());
  }

  private BuildLedger ledger() {
    return new BuildLedger(builds);
  }

  private ReleaseLedger releases() {
    return new ReleaseLedger(builds);
  }
}
