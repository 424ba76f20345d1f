package imageservice.release;

import java.util.Optional;

/// The images that a release's catalogues were read out of, by digest of index or manifest.
///
/// @param extensions empty where the release has no catalogue of them, and in documents that were
///   written before documents told
/// @param overlays the same
public record CatalogueImages(Optional<Digest> extensions, Optional<Digest> overlays) {
  public static final CatalogueImages NONE =
      new CatalogueImages(Optional.empty(), Optional.empty());
}
