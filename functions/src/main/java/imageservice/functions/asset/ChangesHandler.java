package imageservice.functions.asset;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
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
import java.util.Arrays;
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
    Optional<Target> target = target(request, named.get());
    if (from.isEmpty() || to.isEmpty()) {
      return Problem.of(
          400,
          "two versions are compared: ?from=v1.10.0&to=v1.11.0; GET /versions lists what there is");
    }
    return target.isEmpty()
        ? Problem.of(
            400,
            "unknown platform or architecture; there are %s, and amd64 and arm64"
                .formatted(Platform.known()))
        : between(request, named.get(), from.get(), to.get(), target.get());
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

  /// Bare metal where the request says nothing; boards are arm64.
  private static Optional<Target> target(Request request, NamedConfiguration named) {
    String usual = named.configuration().overlay().isNone() ? "amd64" : "arm64";
    String architecture = request.parameter("arch").orElse(usual);
    return Platform.parse(request.parameter("platform").orElse(Platform.METAL.toString()))
        .flatMap(platform ->
            Arrays.stream(Architecture.values())
                .filter(each -> each.toString().equals(architecture))
                .findFirst()
                .map(each ->
                    new Target(
                        platform,
                        each,
                        request.parameter("secureboot").orElse("").equals("true"))));
  }
}
