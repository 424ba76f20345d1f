package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.util.List;
import java.util.Optional;

/// Where an asset comes from: an in-toto statement (version 1) with the predicate "SLSA provenance"
/// (version 1). It has no times: equal plans give equal statements.
public final class Provenance {
  static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String PREDICATE = "https://slsa.dev/provenance/v1";

  /// Parameters and dependencies of every build are told in the same way.
  private static final String BUILD_TYPE = "urn:image-service:build:v1";

  private Provenance() {}

  /// @param digest of the asset's bytes
  /// @param externalUrl the URL under which people reach the service, with a final slash
  public static JsonText statement(Asset asset, Digest digest, BuildPlan plan, String externalUrl) {
    JsonText subject =
        JsonText.object().put("name", asset.fileName()).put("digest", sha256(digest));
    return JsonText.object()
        .put("_type", STATEMENT)
        .put("subject", List.of(subject))
        .put("predicateType", PREDICATE)
        .put(
            "predicate",
            JsonText.object()
                .put("buildDefinition", definition(asset, plan, externalUrl))
                .put(
                    "runDetails",
                    JsonText.object()
                        .put("builder", JsonText.object().put("id", externalUrl))
                        .put(
                            "metadata",
                            JsonText.object().put("invocationId", AssetKey.of(plan).hex()))));
  }

  private static JsonText definition(Asset asset, BuildPlan plan, String externalUrl) {
    JsonText parameters =
        JsonText.object()
            .putIfPresent("configuration", configuration(asset))
            .put("version", asset.version().toString())
            .put("asset", asset.fileName())
            .put("externalUrl", externalUrl);
    return JsonText.object()
        .put("buildType", BUILD_TYPE)
        .put("externalParameters", parameters)
        .put(
            "internalParameters",
            JsonText.object()
                .put("recipe", plan.recipe().toString())
                .put("assetKey", AssetKey.of(plan).hex()))
        .put(
            "resolvedDependencies",
            InputImage.of(plan).stream().map(Provenance::dependency).toList());
  }

  private static Optional<String> configuration(Asset asset) {
    return asset instanceof Asset.Configured configured
        ? Optional.of(configured.id().hex())
        : Optional.empty();
  }

  private static JsonText dependency(InputImage input) {
    return JsonText.object()
        .put("name", input.name())
        .putIfPresent("uri", input.purl())
        .put("digest", sha256(input.digest()));
  }

  private static JsonText sha256(Digest digest) {
    return JsonText.object().put("sha256", digest.hex());
  }
}
