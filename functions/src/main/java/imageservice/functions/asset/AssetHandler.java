package imageservice.functions.asset;

import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.configuration.StoredConfiguration;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.plan.ObjectKey;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /image/{id}/{version}/{path}`: sends the client to the object. An object that is there
/// costs one read of its record; only otherwise is the configuration read and anything planned.
public final class AssetHandler implements Handler {
  private static final List<String> COMPANIONS = List.of(".sha256", ".sha512", ".sigstore.json");

  private final String externalUrl;
  private final ConfigurationStore configurations;
  private final BuildLedger builds;
  private final ColdAsset cold;
  private final Redirects redirects;

  public AssetHandler(
      String externalUrl,
      ConfigurationStore configurations,
      BuildLedger builds,
      ColdAsset cold,
      Redirects redirects) {
    this.externalUrl = externalUrl;
    this.configurations = configurations;
    this.builds = builds;
    this.cold = cold;
    this.redirects = redirects;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    Optional<ConfigurationId> id = ConfigurationId.parse(segment(segments, "id"));
    if (id.isEmpty()) {
      return unknownConfiguration(segments);
    }
    Optional<TalosVersion> version = TalosVersion.parse(segment(segments, "version"));
    AssetNameGrammar.Outcome name = AssetNameGrammar.parse(segment(segments, "path"));
    if (version.isPresent() && name instanceof AssetNameGrammar.Parsed parsed) {
      return answer(
          understood(request, id.get(), version.get(), parsed.name(), segments), segments);
    }
    return malformed(id.get(), segments, name);
  }

  private Answer answer(AssetRequest asset, Map<String, String> segments) throws IOException {
    Optional<BuildRecord> record = builds.find(asset.objectKey().buildId());
    if (record.isPresent()
        && record.get().state() instanceof BuildState.Ready ready
        && redirects.isThere(asset, ready)) {
      return redirects.toObject(asset);
    }
    Optional<StoredConfiguration> configuration = configurations.find(asset.id());
    return configuration.isEmpty()
        ? unknownConfiguration(segments)
        : cold.answer(asset, configuration.get());
  }

  /// Which of several faults is told follows the reference: configuration, then version, then name.
  private Answer malformed(
      ConfigurationId id, Map<String, String> segments, AssetNameGrammar.Outcome name)
      throws IOException {
    if (configurations.find(id).isEmpty()) {
      return unknownConfiguration(segments);
    }
    String version = segment(segments, "version");
    if (TalosVersion.parse(version).isPresent() && isCompanion(segment(segments, "path"))) {
      return Problem.of(501, "not built yet by this service: checksum and signature files");
    }
    if (TalosVersion.parse(version).isPresent()
        && name instanceof AssetNameGrammar.Invalid invalid) {
      return Problem.of(400, "error parsing profile from path: " + invalid.reason());
    }
    return Problem.of(400, "invalid Talos version \"%s\"".formatted(version));
  }

  /// Whether the name is an asset's with a suffix for what belongs to it.
  private static boolean isCompanion(String path) {
    return COMPANIONS.stream()
        .filter(path::endsWith)
        .map(suffix -> path.substring(0, path.length() - suffix.length()))
        .anyMatch(stem -> AssetNameGrammar.parse(stem) instanceof AssetNameGrammar.Parsed);
  }

  private AssetRequest understood(
      Request request,
      ConfigurationId id,
      TalosVersion version,
      AssetName name,
      Map<String, String> segments) {
    return new AssetRequest(
        request,
        id,
        version,
        name,
        segment(segments, "path"),
        ObjectKey.of(externalUrl, id, version, name));
  }

  private static Problem unknownConfiguration(Map<String, String> segments) {
    return Problem.notFound("schematic ID \"%s\" not found".formatted(segment(segments, "id")));
  }

  private static String segment(Map<String, String> segments, String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }
}
