package imageservice.release;

import java.util.List;
import java.util.Optional;

/// What one release offers besides its own files, read out of its catalogue images once. Written by
/// the builder's side, so that a request is planned without asking a registry.
///
/// @param extensions in the order of the catalogue; empty where the release has no catalogue of
///   them
/// @param overlays in the order of the catalogue; empty where the release has no catalogue of them
/// @param talosctl empty where the release has none
/// @param installerBase the image that its installers are made from
/// @param images that the catalogues were read out of
/// @param catalogues of the operator's, whose extensions stand before the source's own
public record ReleaseDocument(
    TalosVersion version,
    Optional<List<CatalogueExtension>> extensions,
    Optional<List<CatalogueOverlay>> overlays,
    Optional<Talosctl> talosctl,
    InstallerBase installerBase,
    CatalogueImages images,
    List<ListedCatalogue> catalogues) {
  public ReleaseDocument {
    catalogues = List.copyOf(catalogues);
    extensions = extensions.map(List::copyOf);
    overlays = overlays.map(List::copyOf);
  }

  /// A document that does not tell the catalogues' images.
  public ReleaseDocument(
      TalosVersion version,
      Optional<List<CatalogueExtension>> extensions,
      Optional<List<CatalogueOverlay>> overlays,
      Optional<Talosctl> talosctl,
      InstallerBase installerBase) {
    this(version, extensions, overlays, talosctl, installerBase, CatalogueImages.NONE);
  }

  /// A document without catalogues of the operator's.
  public ReleaseDocument(
      TalosVersion version,
      Optional<List<CatalogueExtension>> extensions,
      Optional<List<CatalogueOverlay>> overlays,
      Optional<Talosctl> talosctl,
      InstallerBase installerBase,
      CatalogueImages images) {
    this(version, extensions, overlays, talosctl, installerBase, images, List.of());
  }

  /// The extension of this name, or of the one it has got since.
  public Optional<CatalogueExtension> extension(String name) {
    return named(name).or(() -> ExtensionAliases.of(name).flatMap(this::named));
  }

  public Optional<CatalogueOverlay> overlay(String name) {
    return overlays.orElse(List.of()).stream()
        .filter(overlay -> overlay.name().equals(name))
        .findFirst();
  }

  private Optional<CatalogueExtension> named(String name) {
    return extensions.orElse(List.of()).stream()
        .filter(extension -> extension.name().equals(name))
        .findFirst();
  }
}
