package imageservice.release;

/// A system extension that a release offers: a line of its catalogue.
///
/// @param name repository path without registry and tag, `siderolabs/amd-ucode`: what goes into a
///   configuration
/// @param ref the tagged reference in the registry that images are fetched from, for people
/// @param digest of the image's index, or of its manifest where it has no index
/// @param author may be empty, as the description may
public record CatalogueExtension(
    String name, String ref, Digest digest, String author, String description) {}
