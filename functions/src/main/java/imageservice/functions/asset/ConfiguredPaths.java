package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Problem;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads paths that name a configuration, a version and an asset: `{id}/{version}/{path}`. Of
/// several faults it reports the first in the reference's order: configuration, version, name.
public final class ConfiguredPaths {
  /// The asset that a path names, or the path's fault.
  public sealed interface Outcome {}

  public record Understood(Asset.Configured asset) implements Outcome {}

  public record Fault(Problem problem) implements Outcome {}

  private final ConfigurationStore configurations;

  public ConfiguredPaths(ConfigurationStore configurations) {
    this.configurations = configurations;
  }

  /// Reads a path.
  ///
  /// @param segments segments by the names in the route's pattern; `id` and `version` are read
  /// @param name asset name
  /// @param invalidName makes the answer to an invalid asset name
  public Outcome read(
      Map<String, String> segments,
      String name,
      Function<AssetNameGrammar.Invalid, Problem> invalidName)
      throws IOException {
    String idText = segment(segments, "id");
    String versionText = segment(segments, "version");
    Optional<ConfigurationId> id = ConfigurationId.parse(idText);
    Optional<TalosVersion> version = TalosVersion.parse(versionText);
    AssetNameGrammar.Outcome parsed = AssetNameGrammar.parse(name);
    if (id.isEmpty()) {
      return new Fault(unknown(idText));
    }
    if (version.isPresent() && parsed instanceof AssetNameGrammar.Parsed known) {
      return new Understood(new Asset.Configured(id.get(), version.get(), known.name()));
    }
    if (configurations.find(id.get()).isEmpty()) {
      return new Fault(unknown(idText));
    }
    return new Fault(
        version.isPresent() && parsed instanceof AssetNameGrammar.Invalid invalid
            ? invalidName.apply(invalid)
            : Problem.invalidVersion(versionText));
  }

  /// The answer to an invalid asset name.
  public static Problem invalidName(AssetNameGrammar.Invalid invalid) {
    return Problem.of(400, "error parsing profile from path: " + invalid.reason())
        .advising(invalid.advice());
  }

  /// The answer to an id that names no configuration.
  static Problem unknown(String id) {
    String advice =
        ConfigurationId.parse(id).isPresent()
            ? "POST the configuration to /schematics first, which answers its id"
            : "an id has 64 hex digits";
    return Problem.notFound("schematic ID \"%s\" not found".formatted(id))
        .advising(Optional.of(advice));
  }

  private static String segment(Map<String, String> segments, String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }
}
