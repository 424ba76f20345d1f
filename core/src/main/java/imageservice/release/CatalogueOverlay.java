package imageservice.release;

/// An overlay that a release offers. Several overlays share one image.
///
/// @param name what goes into a configuration, `rpi_generic`
/// @param image repository path without registry and tag, `siderolabs/sbc-raspberrypi`
/// @param ref the tagged reference in the registry that images are fetched from, for people
/// @param digest of the image's index
public record CatalogueOverlay(String name, String image, String ref, Digest digest) {}
