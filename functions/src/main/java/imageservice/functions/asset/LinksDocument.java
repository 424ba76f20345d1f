package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.asset.AssetKind;
import imageservice.asset.AssetName;
import imageservice.asset.InstallerRepository;
import imageservice.asset.Platform;
import imageservice.asset.Target;
import imageservice.choice.Downloads;
import imageservice.configuration.ConfigurationId;
import imageservice.json.JsonText;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildPace;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.Item;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlannedCommandLine;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes what can be downloaded of a configuration as JSON.
///
/// @param externalUrl the URL under which people reach the service, with a final slash
/// @param pxeUrl the one in boot scripts
/// @param signs whether assets have attestations
/// @param pace how long builds take
public record LinksDocument(
    AssetContexts contexts, String externalUrl, String pxeUrl, boolean signs, BuildPace pace) {
  /// In milliseconds.
  private static final long SECOND = 1_000;

  /// @param context with the records of these assets
  JsonText of(
      ConfigurationId id,
      TalosVersion version,
      Platform platform,
      List<Asset> assets,
      AssetContext context)
      throws IOException {
    String folder = externalUrl + "image/" + id.hex() + "/" + version + "/";
    List<JsonText> links = new ArrayList<>();
    Map<AssetKind, Duration> times = pace.read();
    for (Asset asset : assets) {
      links.add(link(asset, context, folder, Optional.ofNullable(times.get(asset.kind()))));
    }
    JsonText json =
        JsonText.object()
            .put("id", id.hex())
            .put("version", version.toString())
            .put("platform", platform.toString())
            .put("configuration", externalUrl + "schematics/" + id.hex())
            .put("lock", folder + "lock")
            .put("documents", suffixes());
    Set<String> installers = new LinkedHashSet<>();
    Set<String> scripts = new LinkedHashSet<>();
    assets.stream()
        .flatMap(LinksDocument::target)
        .forEach(target -> {
          installers.add(installer(target, version, id));
          if (Downloads.bootsByNetwork(target, version)) {
            scripts.add(pxeUrl + "pxe/" + id.hex() + "/" + version + "/" + target);
          }
        });
    return json.put("installers", List.copyOf(installers))
        .put("scripts", List.copyOf(scripts))
        .put("assets", links);
  }

  private static Stream<Target> target(Asset asset) {
    return asset instanceof Asset.Configured configured
            && configured.name() instanceof AssetName.ForTarget named
        ? Stream.of(named.target())
        : Stream.empty();
  }

  /// As machines are told it; releases before that have one installer for every platform.
  private String installer(Target target, TalosVersion version, ConfigurationId id) {
    String own = new InstallerRepository(target.platform(), target.secureBoot()).toString();
    String repository =
        Capability.UNIFIED_INSTALLER.in(version)
            ? own
            : "installer" + (target.secureBoot() ? Target.SECURE_BOOT : "");
    return "%s/%s/%s:%s"
        .formatted(URI.create(externalUrl).getAuthority(), repository, id.hex(), version);
  }

  private List<String> suffixes() {
    List<String> suffixes = new ArrayList<>();
    Stream.of(Checksums.values()).map(Checksums::suffix).forEach(suffixes::add);
    Stream.of(Companion.values()).map(Companion::suffix).forEach(suffixes::add);
    if (signs) {
      suffixes.add(Asset.Attestation.SUFFIX);
    }
    return suffixes;
  }

  /// @param time that a build of its kind takes
  private JsonText link(Asset asset, AssetContext context, String folder, Optional<Duration> time)
      throws IOException {
    JsonText json =
        JsonText.object()
            .put("name", asset.fileName())
            .put("kind", asset.kind().toString())
            .put("url", folder + asset.fileName());
    if (asset instanceof Asset.Configured configured) {
      json.put("architecture", configured.name().architecture().toString());
    }
    switch (context.plan(asset)) {
      case PlanOutcome.Planned planned -> planned(json, planned);
      case PlanOutcome.DocumentNeeded ignored -> {}
      case PlanOutcome.Refused refused -> {
        return json.put("state", "refused").put("reason", refused.message());
      }
    }
    Optional<Item> item = context.record(contexts.address(asset));
    if (item.isEmpty()) {
      time.ifPresent(usual -> json.put("buildSeconds", Math.ceilDiv(usual.toMillis(), SECOND)));
      return json.put("state", "unbuilt");
    }
    return state(json, BuildLedger.read(item.get()));
  }

  private static void planned(JsonText json, PlanOutcome.Planned planned) {
    json.put("warnings", planned.warnings());
    BuildPlan plan = planned.plan();
    plan.commandLine()
        .filter(PlannedCommandLine.Settled.class::isInstance)
        .ifPresent(line -> json.put("commandLine", line.planned()));
  }

  private static JsonText state(JsonText json, BuildRecord record) {
    json.put("state", BuildStatus.state(record.state()));
    return switch (record.state()) {
      case BuildState.Ready ready ->
          json.put("size", ready.product().asset().size())
              .put("sha256", ready.product().asset().digest().hex());
      case BuildState.Failed failed -> json.put("reason", failed.message());
      case BuildState.Queued ignored -> json;
      case BuildState.Running ignored -> json;
    };
  }
}
