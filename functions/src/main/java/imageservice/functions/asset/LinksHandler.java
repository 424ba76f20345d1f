package imageservice.functions.asset;

import imageservice.asset.Architecture;
import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.choice.Downloads;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.NamedConfiguration;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Navigation;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.web.Page;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `GET /image/{id}/{version}`: what can be downloaded for one platform, and what has been built of
/// it; a page for browsers. It starts no build.
public final class LinksHandler implements Handler {
  /// What holds for every asset alike.
  private static final Set<Reason> OF_ALL =
      Set.of(Reason.NO_SUCH_CONFIGURATION, Reason.NO_SUCH_VERSION, Reason.NOT_INDEXED);

  /// An asset that every release has, to learn what holds for all of them.
  private static final AssetName PROBE = new AssetName.Kernel(Architecture.AMD64);

  private final ConfigurationStore configurations;
  private final AssetContexts contexts;
  private final PlanProblem problems;
  private final LinksDocument document;

  /// @param document writes the answer
  public LinksHandler(
      ConfigurationStore configurations,
      AssetContexts contexts,
      PlanProblem problems,
      LinksDocument document) {
    this.configurations = configurations;
    this.contexts = contexts;
    this.problems = problems;
    this.document = document;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String id = segment(segments, "id");
    String version = segment(segments, "version");
    Optional<ConfigurationId> configuration = ConfigurationId.parse(id);
    Optional<TalosVersion> talos = TalosVersion.parse(version);
    Optional<NamedConfiguration> named =
        configuration.isPresent() ? configurations.read(configuration.get()) : Optional.empty();
    if (named.isEmpty()) {
      return ConfiguredPaths.unknown(id);
    }
    if (talos.isEmpty()) {
      return Problem.invalidVersion(version);
    }
    return switch (AskedMachines.of(request)) {
      case AskedMachines.Refused refused -> refused.problem();
      case AskedMachines.Asked asked -> answer(request, named.get(), talos.get(), asked.machines());
    };
  }

  private Answer answer(
      Request request, NamedConfiguration named, TalosVersion version, AskedMachines machines)
      throws IOException {
    ConfigurationId id = named.id();
    boolean overlay = !named.configuration().overlay().isNone();
    List<Asset> assets =
        machines.targets().stream()
            .flatMap(target -> Downloads.of(target, version, overlay).stream())
            .distinct()
            .<Asset>map(name -> configured(id, version, name))
            .toList();
    Asset probe = configured(id, version, PROBE);
    AssetContext context =
        contexts.read(
            Stream.concat(Stream.of(probe), assets.stream()).distinct().toArray(Asset[]::new));
    if (context.plan(probe) instanceof PlanOutcome.Refused refused
        && OF_ALL.contains(refused.reason())) {
      return problems.of(refused);
    }
    return Navigation.isOf(request)
        ? Page.of(request)
        : Response.of(
                200,
                Response.JSON,
                document.of(id, version, machines.platform(), assets, context) + "\n")
            .with("cache-control", "no-store")
            .with("vary", Page.vary());
  }

  private static Asset configured(ConfigurationId id, TalosVersion version, AssetName name) {
    return new Asset.Configured(id, version, name);
  }

  private static String segment(Map<String, String> segments, String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }
}
