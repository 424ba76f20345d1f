package imageservice.functions.pxe;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.asset.BuildStatus;
import imageservice.functions.asset.ColdAsset;
import imageservice.functions.asset.Orders;
import imageservice.functions.asset.Planning;
import imageservice.functions.asset.Redirects;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Response;
import imageservice.functions.release.ReleaseDocuments;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.ReleaseLedger;
import imageservice.plan.Planner;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// Boot scripts of a service that has keys for secure boot, which no wiring has yet.
final class SigningService {
  private final TestService service;
  private String pxeUrl = "";

  SigningService(TestService service) {
    this.service = service;
  }

  ConfigurationId post(String document, String url) {
    pxeUrl = url;
    return service.post(document);
  }

  Response get(String method, ConfigurationId id, String version, String path) throws IOException {
    return switch (handler()
        .handle(
            TestService.request(method, "/pxe", "", Map.of(), ""),
            Map.of("id", id.hex(), "version", version, "path", path))) {
      case Response response -> response;
      case Problem problem -> Response.of(problem.status(), Response.TEXT, problem.detail());
    };
  }

  private PxeHandler handler() {
    String url = "https://factory.example/";
    ReleaseLedger releases = new ReleaseLedger(service.builds);
    BuildLedger builds = new BuildLedger(service.builds);
    Planning planning =
        new Planning(
            new Planner(url, true, false),
            new ConfigurationStore(service.configurations),
            releases);
    Redirects redirects = new Redirects(service, builds, service);
    ColdAsset cold =
        new ColdAsset(
            url,
            planning,
            new ReleaseDocuments(releases, service, service),
            new Orders(builds, service, redirects, service),
            redirects,
            new BuildStatus(planning),
            service,
            Duration.ofSeconds(24));
    return new PxeHandler(pxeUrl, planning, cold);
  }
}
