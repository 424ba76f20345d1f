package imageservice.functions;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.functions.asset.AssetHandler;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.BuildStatusHandler;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.asset.ColdAsset;
import imageservice.functions.asset.Redirects;
import imageservice.functions.asset.Waiting;
import imageservice.functions.configuration.ConfigurationHandler;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.RequestLog;
import imageservice.functions.http.Route;
import imageservice.functions.http.Router;
import imageservice.functions.release.HealthHandler;
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

  /// Assets and their builds: `/image` and `/builds`.
  public Router assetRouter() {
    BuildLedger ledger = new BuildLedger(builds);
    ConfigurationStore store = new ConfigurationStore(configurations);
    Redirects redirects = new Redirects(links, ledger, waiting);
    ColdAsset cold =
        new ColdAsset(
            new Planner(settings.externalUrl(), false, false),
            store,
            new ReleaseLedger(builds),
            ledger,
            builder,
            redirects,
            waiting,
            settings.hold());
    return router(
        new Route(
            "GET",
            "/image/{id}/{version}/{path}",
            new AssetHandler(settings.externalUrl(), store, ledger, cold, redirects)),
        new Route("GET", "/builds/{key}", new BuildStatusHandler(ledger)));
  }

  /// Everything else: versions, health, and the answer to addresses that there are none of.
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
