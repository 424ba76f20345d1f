package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.plan.firmware.OverlayFirmware;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Requests to plan, by their texts, and an index of releases to plan from.
public final class PlanRequests {
  public static final String URL = "https://factory.example/";

  public static final List<String> VERSIONS =
      List.of(
          "v1.3.7", "v1.5.5", "v1.6.8", "v1.7.6", "v1.8.3", "v1.9.5", "v1.10.7", "v1.11.0",
          "v1.12.6", "v1.13.2", "v1.14.0");

  static final ReleaseIndex INDEX = index(Optional.of(digest("grub kit")));

  private PlanRequests() {}

  static ReleaseIndex index(Optional<Digest> grubKit) {
    return new ReleaseIndex(
        VERSIONS.stream()
            .map(version -> new Release(version(version), digest("imager " + version)))
            .toList(),
        grubKit);
  }

  static PlanRequest of(String version, String asset, Configuration configuration) {
    return new PlanRequest(named(configuration), version(version), name(asset));
  }

  private static NamedConfiguration named(Configuration configuration) {
    try {
      return CanonicalForms.of(configuration, new IdRule.Plain(), Dialect.PRIMARY).primary();
    } catch (InvalidConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  static PlanOutcome plan(
      Planner planner,
      PlanRequest request,
      ReleaseIndex index,
      Optional<ReleaseDocument> document) {
    return planner.plan(
        new Asset.Configured(request.named().id(), request.version(), request.name()),
        new PlanContext(Optional.of(request.named()), index, document));
  }

  /// The outcome for a configuration's document, with a catalogue of every overlay in the table.
  static PlanOutcome plan(Planner planner, String version, String asset, String document) {
    return plan(
        planner,
        of(version, asset, configuration(document)),
        INDEX,
        Optional.of(overlays(version)));
  }

  static Configuration configuration(String document) {
    try {
      return new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidConfigurationException e) {
      throw new IllegalArgumentException(document, e);
    }
  }

  private static ReleaseDocument overlays(String version) {
    return document(version, new InstallerBase.Image(digest("installer " + version)));
  }

  /// The document of a release with a catalogue of every overlay in the table.
  static ReleaseDocument document(String version, InstallerBase installerBase) {
    return new ReleaseDocument(
        version(version),
        Optional.empty(),
        Optional.of(
            Stream.concat(OverlayFirmware.names().stream().sorted(), Stream.of("mini-board"))
                .map(name -> new CatalogueOverlay(name, "siderolabs/sbc-x", "", digest("overlay")))
                .toList()),
        Optional.empty(),
        installerBase);
  }

  public static AssetName name(String asset) {
    return Stream.of(AssetNameGrammar.parse(asset))
        .filter(AssetNameGrammar.Parsed.class::isInstance)
        .map(parsed -> ((AssetNameGrammar.Parsed) parsed).name())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not an asset name: " + asset));
  }

  public static TalosVersion version(String text) {
    return TalosVersion.parse(text).orElseThrow();
  }

  public static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
