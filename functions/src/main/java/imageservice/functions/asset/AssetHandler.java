package imageservice.functions.asset;

import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /image/{id}/{version}/{path}`: sends the client to the object.
public final class AssetHandler implements Handler {
  private static final List<String> COMPANIONS = List.of(".sha256", ".sha512", ".sigstore.json");

  private final String externalUrl;
  private final ConfigurationStore configurations;
  private final Delivery delivery;

  public AssetHandler(String externalUrl, ConfigurationStore configurations, Delivery delivery) {
    this.externalUrl = externalUrl;
    this.configurations = configurations;
    this.delivery = delivery;
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
      Asset asset = new Asset.Medium(id.get(), version.get(), parsed.name());
      return delivery
          .answer(
              new AssetRequest(
                  request, asset, segment(segments, "path"), asset.objectKey(externalUrl)))
          .orElseGet(() -> unknownConfiguration(segments));
    }
    return malformed(id.get(), segments, name);
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
    return Problem.invalidVersion(version);
  }

  /// Whether the name is an asset's with a suffix for what belongs to it.
  private static boolean isCompanion(String path) {
    return COMPANIONS.stream()
        .filter(path::endsWith)
        .map(suffix -> path.substring(0, path.length() - suffix.length()))
        .anyMatch(stem -> AssetNameGrammar.parse(stem) instanceof AssetNameGrammar.Parsed);
  }

  private static Problem unknownConfiguration(Map<String, String> segments) {
    return Problem.notFound("schematic ID \"%s\" not found".formatted(segment(segments, "id")));
  }

  private static String segment(Map<String, String> segments, String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }
}
