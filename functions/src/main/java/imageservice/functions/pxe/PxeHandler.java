package imageservice.functions.pxe;

import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.asset.Target;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.asset.Asset;
import imageservice.functions.asset.ColdAsset;
import imageservice.functions.asset.Planning;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanOutcome;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /pxe/{id}/{version}/{path}`: the boot script for a platform and architecture. What the
/// script names is asked for within seconds, so its builds begin now.
public final class PxeHandler implements Handler {
  private final String pxeUrl;
  private final Planning planning;
  private final ColdAsset cold;

  /// Takes everything it works with.
  ///
  /// @param pxeUrl the address under which machines reach the service, with a final slash
  public PxeHandler(String pxeUrl, Planning planning, ColdAsset cold) {
    this.pxeUrl = pxeUrl;
    this.planning = planning;
    this.cold = cold;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    Optional<ConfigurationId> id = ConfigurationId.parse(segment(segments, "id"));
    if (id.isEmpty()) {
      return unknownConfiguration(segments);
    }
    Optional<TalosVersion> version = TalosVersion.parse(segment(segments, "version"));
    AssetNameGrammar.Outcome name = AssetNameGrammar.parse("cmdline-" + segment(segments, "path"));
    if (version.isPresent()
        && name instanceof AssetNameGrammar.Parsed(AssetName.Cmdline(Target target))) {
      return script(request, id.get(), version.get(), target)
          .orElseGet(() -> unknownConfiguration(segments));
    }
    return planning.knows(id.get()) ? malformed(segments, name) : unknownConfiguration(segments);
  }

  private static Problem malformed(Map<String, String> segments, AssetNameGrammar.Outcome name) {
    String version = segment(segments, "version");
    return TalosVersion.parse(version).isPresent()
            && name instanceof AssetNameGrammar.Invalid invalid
        ? Problem.of(400, "error parsing profile from path: " + invalid.reason())
        : Problem.invalidVersion(version);
  }

  private static Problem unknownConfiguration(Map<String, String> segments) {
    return Problem.notFound("schematic ID \"%s\" not found".formatted(segment(segments, "id")));
  }

  /// The script; nothing where nobody knows the configuration.
  private Optional<Answer> script(
      Request request, ConfigurationId id, TalosVersion version, Target target) throws IOException {
    Optional<PlanOutcome> outcome =
        planning.plan(new Asset.Medium(id, version, new AssetName.Cmdline(target)));
    return outcome.isEmpty()
        ? Optional.empty()
        : switch (outcome.get()) {
          case PlanOutcome.Refused refused -> Optional.of(Planning.problem(refused));
          case PlanOutcome.Planned(BuildPlan.Cmdline commandLine) -> {
            start(id, version, target);
            yield Optional.of(
                answer(request, new PxeScript(pxeUrl, id, version, target, commandLine.text())));
          }
          case PlanOutcome.Planned planned ->
              throw new IllegalStateException(
                  "no plan of a command line: " + planned.plan().recipe());
          case PlanOutcome.DocumentNeeded needed ->
              throw new IllegalStateException(
                  "a command line that needs the catalogues of " + needed.version());
        };
  }

  private void start(ConfigurationId id, TalosVersion version, Target target) throws IOException {
    List<AssetName> names =
        target.secureBoot()
            ? List.of(new AssetName.Uki(target))
            : List.of(
                new AssetName.Kernel(target.architecture()),
                new AssetName.Initramfs(target.architecture()));
    for (AssetName name : names) {
      cold.start(new Asset.Medium(id, version, name));
    }
  }

  private static Answer answer(Request request, PxeScript script) {
    return Conditional.answer(
        request,
        Response.of(200, Response.TEXT, script.toString()).with("cache-control", "no-cache"));
  }

  private static String segment(Map<String, String> segments, String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }
}
