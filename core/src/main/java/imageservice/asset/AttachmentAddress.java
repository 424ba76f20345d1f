package imageservice.asset;

/// Where a manifest lies that belongs to an image: beside the image, by its own tag, such as
/// `g1a2b3c4d/v2/metal-installer/<id>/manifests/sha256-<hex>.sig`. The key that signs is part of
/// the generation, so that another key's signatures lie elsewhere.
///
/// @param repository of the image, in the one spelling under which it is stored
public record AttachmentAddress(String generation, String repository, AttachmentTag tag)
    implements StoreAddress {
  /// What belongs to an image.
  ///
  /// @param image an image's address
  public static AttachmentAddress of(AssetAddress image, AttachmentTag tag) {
    return switch (image.asset()) {
      case Asset.InstallerImage installer ->
          new AttachmentAddress(image.generation(), installer.repository(), tag);
      case Asset.SourceImage source ->
          new AttachmentAddress(image.generation(), source.repository().path(), tag);
      case Asset.Configured ignored -> throw noImage(image);
      case Asset.Talosctl ignored -> throw noImage(image);
      case Asset.Attestation ignored -> throw noImage(image);
    };
  }

  private static IllegalArgumentException noImage(AssetAddress asset) {
    return new IllegalArgumentException("no image: " + asset);
  }

  @Override
  public String toString() {
    return "%s/v2/%s/manifests/%s".formatted(generation, repository, tag);
  }
}
