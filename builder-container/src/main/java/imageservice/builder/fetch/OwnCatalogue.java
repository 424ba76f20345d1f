package imageservice.builder.fetch;

/// A catalogue of the operator's.
///
/// @param prefix of its registry, as plans name it: `ghcr.io/my-org/`
/// @param images below the prefix, by its own policy
public record OwnCatalogue(String prefix, OciImages images) {
  public OwnCatalogue {
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("no prefix of images: " + prefix);
    }
  }
}
