package imageservice.plan;

import imageservice.configuration.Configuration;
import imageservice.configuration.Customization;
import imageservice.configuration.NamedConfiguration;
import imageservice.configuration.Overlay;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;

/// All that the assets of one configuration and version are planned from, by digest, so that they
/// can be built again when tags have moved on and the service is gone.
///
/// @param externalUrl the URL of the service, which is written into assets, with a final slash
/// @param grubKit empty where the service had none
/// @param bootKeys that sign assets for secure boot; empty where the service had none
/// @param document with those entries of the catalogues that the configuration names
/// @param recipes by which this version of the service builds, such as `grub-iso/3`
public record Lock(
    String externalUrl,
    NamedConfiguration configuration,
    Release release,
    Optional<Digest> grubKit,
    Optional<SecureBoot> bootKeys,
    ReleaseDocument document,
    List<String> recipes) {
  public Lock {
    recipes = List.copyOf(recipes);
  }

  /// @param configuration that the lock is for
  /// @param release whose assets it is for
  /// @param bootKeys that sign assets for secure boot
  /// @param document of the release
  public static Lock of(
      String externalUrl,
      NamedConfiguration configuration,
      Release release,
      Optional<Digest> grubKit,
      Optional<BootKeys> bootKeys,
      ReleaseDocument document) {
    return new Lock(
        externalUrl,
        configuration,
        release,
        grubKit,
        bootKeys.map(BootKeys::ids),
        named(configuration.configuration(), document),
        Recipe.all());
  }

  private static ReleaseDocument named(Configuration configuration, ReleaseDocument all) {
    Customization customization = configuration.customization();
    List<CatalogueExtension> extensions =
        customization.officialExtensions().stream()
            .flatMap(name -> all.extension(name).stream())
            .distinct()
            .toList();
    Overlay overlay = configuration.overlay();
    List<CatalogueOverlay> overlays =
        overlay.isNone() ? List.of() : all.overlay(overlay.name()).stream().toList();
    return new ReleaseDocument(
        all.version(),
        all.extensions().map(ignored -> extensions),
        all.overlays().map(ignored -> overlays),
        all.talosctl(),
        all.installerBase(),
        all.images(),
        all.catalogues());
  }

  public TalosVersion version() {
    return release.version();
  }

  /// What planners read.
  public PlanContext context() {
    return new PlanContext(
        Optional.of(configuration),
        new ReleaseIndex(List.of(release), grubKit),
        Optional.of(document));
  }

  /// Whether assets for secure boot are signed by these keys as they were for the lock.
  public boolean hasKeys(BootKeys keys) {
    return bootKeys.equals(Optional.of(keys.ids()));
  }

  /// The recipes of the lock that this version of the service carries out otherwise, so that its
  /// assets may have other bytes.
  public List<String> changedRecipes() {
    List<String> here = Recipe.all();
    return recipes.stream().filter(recipe -> !here.contains(recipe)).toList();
  }
}
