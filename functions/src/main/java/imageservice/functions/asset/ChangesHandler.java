package imageservice.functions.asset;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.choice.VersionChanges;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.NamedConfiguration;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Navigation;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.release.ReleaseCatalogues;
import imageservice.functions.web.Page;
import imageservice.plan.Planner;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /schematics/{id}/changes?from=&to=`: what becomes of a configuration by an upgrade; a page
/// for browsers.
public record ChangesHandler(
    ConfigurationStore configurations, ReleaseCatalogues catalogues, Planner planner)
    implements Handler {
  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String id = Optional.ofNullable(segments.get("id")).orElseThrow();
    Optional<ConfigurationId> parsed = ConfigurationId.parse(id);
    Optional<NamedConfiguration> named =
        parsed.isPresent() ? configurations.read(parsed.get()) : Optional.empty();
    if (named.isEmpty()) {
      return ConfiguredPaths.unknown(id);
    }
    Optional<TalosVersion> from = version(request, "from");
    Optional<TalosVersion> to = version(request, "to");
    if (from.isEmpty() || to.isEmpty()) {
      return Problem.of(
          400,
          "two versions are compared: ?from=v1.10.0&to=v1.11.0; GET /versions lists what there is");
    }
    return switch (AskedMachines.of(request)) {
      case AskedMachines.Refused refused -> refused.problem();
      case AskedMachines.Asked asked ->
          between(
              request,
              named.get(),
              from.get(),
              to.get(),
              asked.machines().preferring(usual(named.get())));
    };
  }

  /// Boards are arm64.
  private static Architecture usual(NamedConfiguration named) {
    return named.configuration().overlay().isNone() ? Architecture.AMD64 : Architecture.ARM64;
  }

  private Answer between(
      Request request, NamedConfiguration named, TalosVersion from, TalosVersion to, Target target)
      throws IOException {
    return catalogues.answer(
        request,
        from,
        document -> true,
        (index, release, before) ->
            catalogues.answer(
                request,
                to,
                document -> true,
                (newer, other, after) ->
                    Navigation.isOf(request)
                        ? Page.of(request)
                        : Response.of(
                                200,
                                Response.JSON,
                                new VersionChanges(planner, named, target, newer)
                                        .between(before, after)
                                    + "\n")
                            .with("cache-control", "no-cache")
                            .with("vary", Page.vary())));
  }

  private static Optional<TalosVersion> version(Request request, String name) {
    return request.parameter(name).flatMap(TalosVersion::parse);
  }
}
