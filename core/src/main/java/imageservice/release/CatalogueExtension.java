package imageservice.release;

import java.util.Optional;

/// A system extension that a release offers: a line of its catalogue.
///
/// @param name repository path without registry and tag, `siderolabs/amd-ucode`: what goes into a
///   configuration
/// @param ref the tagged reference in the registry that images are fetched from, for people
/// @param digest of the image's index, or of its manifest where it has no index
/// @param author may be empty, as the description may
/// @param repository where the image is if not below the source's prefix: of a catalogue of the
///   operator's, with its registry, `ghcr.io/my-org/my-extension`
public record CatalogueExtension(
    String name,
    String ref,
    Digest digest,
    String author,
    String description,
    Optional<String> repository) {
  /// One of the source's own catalogue.
  public CatalogueExtension(
      String name, String ref, Digest digest, String author, String description) {
    this(name, ref, digest, author, description, Optional.empty());
  }
}
