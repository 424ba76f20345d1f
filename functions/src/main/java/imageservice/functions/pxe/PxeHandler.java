package imageservice.functions.pxe;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.functions.asset.AssetContext;
import imageservice.functions.asset.AssetContexts;
import imageservice.functions.asset.ColdAsset;
import imageservice.functions.asset.ConfiguredPaths;
import imageservice.functions.asset.PlanProblem;
import imageservice.functions.http.Acceptance;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Conditional;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanExplanation;
import imageservice.plan.PlanOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /pxe/{id}/{version}/{path}`: the boot script for a platform and architecture. iPXE requests
/// the assets that the script names within seconds, so the handler orders their builds now.
public final class PxeHandler implements Handler {
  private final String pxeUrl;
  private final ConfiguredPaths paths;
  private final AssetContexts contexts;
  private final ColdAsset cold;
  private final PlanProblem problems;

  /// @param pxeUrl the URL under which machines reach the service, with a final slash
  public PxeHandler(
      String pxeUrl,
      ConfiguredPaths paths,
      AssetContexts contexts,
      ColdAsset cold,
      PlanProblem problems) {
    this.pxeUrl = pxeUrl;
    this.paths = paths;
    this.contexts = contexts;
    this.cold = cold;
    this.problems = problems;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String name = "cmdline-" + Optional.ofNullable(segments.get("path")).orElseThrow();
    return switch (paths.read(segments, name, ConfiguredPaths::invalidName)) {
      case ConfiguredPaths.Fault fault -> fault.problem();
      case ConfiguredPaths.Understood(Asset.Configured commandLine) -> answer(request, commandLine);
    };
  }

  private Answer answer(Request request, Asset.Configured commandLine) throws IOException {
    Target target = ((AssetName.Cmdline) commandLine.name()).target();
    Asset[] named =
        booted(target).stream()
            .map(name -> new Asset.Configured(commandLine.id(), commandLine.version(), name))
            .toArray(Asset[]::new);
    AssetContext context = contexts.read(named);
    return switch (context.plan(commandLine)) {
      case PlanOutcome.Refused refused -> problems.of(refused);
      case PlanOutcome.Planned(BuildPlan.Cmdline plan, List<String> warnings) -> {
        for (Asset asset : named) {
          cold.start(asset, context);
        }
        PxeScript script =
            new PxeScript(
                pxeUrl,
                commandLine.id(),
                commandLine.version(),
                target,
                plan.text(),
                Ipxe.needsInitramfsName(request));
        yield answer(body(request, script, plan, warnings));
      }
      case PlanOutcome.Planned planned ->
          throw new IllegalStateException("no plan of a command line: " + planned.plan().recipe());
      case PlanOutcome.DocumentNeeded needed ->
          throw new IllegalStateException(
              "a command line that needs the catalogues of " + needed.version());
    };
  }

  /// Names of the assets in the script, in the order in which iPXE requests them.
  private static List<AssetName> booted(Target target) {
    return target.secureBoot()
        ? List.of(new AssetName.Uki(target))
        : List.of(
            new AssetName.Kernel(target.architecture()),
            new AssetName.Initramfs(target.architecture()));
  }

  /// The script; for a client that accepts JSON alone, the script with its plan and warnings.
  private static Response body(
      Request request, PxeScript script, BuildPlan plan, List<String> warnings) {
    return Acceptance.isJsonAlone(request)
        ? Response.of(
            200,
            Response.JSON,
            JsonText.object()
                    .put("script", script.toString())
                    .put("warnings", warnings)
                    .put("plan", PlanExplanation.of(plan))
                + "\n")
        : Response.of(200, Response.TEXT, script.toString());
  }

  private static Answer answer(Response response) {
    return Conditional.tagged(
        response.with("cache-control", "no-cache").with("vary", "Accept, Origin, User-Agent"));
  }
}
