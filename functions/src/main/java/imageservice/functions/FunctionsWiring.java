package imageservice.functions;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.functions.asset.AssetHandler;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.BuildStatus;
import imageservice.functions.asset.BuildStatusHandler;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.asset.ColdAsset;
import imageservice.functions.asset.Delivery;
import imageservice.functions.asset.Orders;
import imageservice.functions.asset.Planning;
import imageservice.functions.asset.Redirects;
import imageservice.functions.asset.TalosctlHandler;
import imageservice.functions.configuration.ConfigurationHandler;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.RequestLog;
import imageservice.functions.http.Route;
import imageservice.functions.http.Router;
import imageservice.functions.http.Waiting;
import imageservice.functions.pxe.PxeHandler;
import imageservice.functions.pxe.PxeListHandler;
import imageservice.functions.release.CatalogueHandler;
import imageservice.functions.release.HealthHandler;
import imageservice.functions.release.IndexerInvocation;
import imageservice.functions.release.ReleaseDocuments;
import imageservice.functions.release.VersionsHandler;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.ItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.plan.Planner;
import java.util.List;

/// Puts the request side together, whatever it runs on.
///
/// @param configurations the table of configurations
/// @param builds the table of builds and releases
public record FunctionsWiring(
    FunctionsSettings settings,
    ItemTable configurations,
    ItemTable builds,
    AssetLinks links,
    BuilderInvocation builder,
    IndexerInvocation indexer,
    Waiting waiting,
    RequestLog log) {
  /// Configurations: `/schematics` and, the same, `/configuration`.
  public Router configurationRouter() {
    ConfigurationHandler handler =
        new ConfigurationHandler(
            new ConfigurationStore(configurations),
            new ConfigurationDecoder(false),
            settings.idRule(),
            settings.dialect());
    return router(
        new Route("POST", "/schematics", handler::create),
        new Route("GET", "/schematics/{id}", handler::find),
        new Route("POST", "/configuration", handler::create),
        new Route("GET", "/configuration/{id}", handler::find));
  }

  /// Everything that may set others to work: assets and their builds, catalogues of releases, boot
  /// scripts.
  public Router assetRouter() {
    String url = settings.externalUrl();
    ConfigurationStore store = new ConfigurationStore(configurations);
    ReleaseLedger releases = new ReleaseLedger(builds);
    BuildLedger ledger = new BuildLedger(builds);
    Planning planning =
        new Planning(new Planner(url, false, settings.asksOverlays()), store, releases);
    ReleaseDocuments documents = new ReleaseDocuments(releases, indexer, waiting);
    Redirects redirects = new Redirects(links, ledger, waiting);
    BuildStatus status = new BuildStatus(planning);
    ColdAsset cold =
        new ColdAsset(
            url,
            planning,
            documents,
            new Orders(ledger, builder, redirects, waiting),
            redirects,
            status,
            waiting,
            settings.hold());
    Delivery delivery = new Delivery(ledger, cold, redirects);
    CatalogueHandler catalogues =
        new CatalogueHandler(url, releases, documents, waiting, settings.hold());
    return router(
        new Route("GET", "/image/{id}/{version}/{path}", new AssetHandler(url, store, delivery)),
        new Route("GET", "/builds/{key}", new BuildStatusHandler(ledger, status)),
        new Route("GET", "/talosctl/{version}", catalogues::talosctl),
        new Route("GET", "/talosctl/{version}/{path}", new TalosctlHandler(url, delivery)),
        new Route("GET", "/version/{version}/extensions/official", catalogues::extensions),
        new Route("GET", "/version/{version}/overlays/official", catalogues::overlays),
        new Route("GET", "/pxe", new PxeListHandler(url, settings.pxeUrl(), releases)),
        new Route(
            "GET",
            "/pxe/{id}/{version}/{path}",
            new PxeHandler(settings.pxeUrl(), planning, cold)));
  }

  /// Everything else, which only reads: versions, health, and the answer to addresses that there
  /// are none of.
  public Router releaseRouter() {
    ReleaseLedger releases = new ReleaseLedger(builds);
    HealthHandler health = new HealthHandler(releases);
    return router(
        new Route("GET", "/versions", new VersionsHandler(releases, settings.broken())),
        new Route("GET", "/healthz", health::live),
        new Route("GET", "/readyz", health::ready));
  }

  private Router router(Route... routes) {
    return new Router(List.of(routes), settings.server(), log);
  }
}
