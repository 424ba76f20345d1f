package imageservice.plan;

import imageservice.release.Digest;
import java.util.List;
import java.util.Optional;

/// What a plan takes its inputs from, each once: container images, and the GRUB kit.
///
/// @param name of the image's repository, or of the kit
/// @param isImage whether it is a container image
/// @param repository where it is if not below the source's prefix, with its registry
public record InputImage(String name, Digest digest, boolean isImage, Optional<String> repository) {
  static final String GRUB_KIT = "grub-kit";

  static List<InputImage> of(BuildPlan plan) {
    return of(plan.inputs());
  }

  public static List<InputImage> of(List<Input> inputs) {
    return inputs.stream().map(InputImage::of).distinct().toList();
  }

  private static InputImage of(Input input) {
    return switch (input) {
      case Input.ImageFile file -> image(file.repository(), file.image());
      case Input.ImageFolder folder -> image(folder.repository(), folder.image());
      case Input.ExtensionImage extension ->
          new InputImage(extension.name(), extension.image(), true, extension.repository());
      case Input.BaseImage base -> image(base.repository(), base.image());
      case Input.OverlayImage overlay -> image(overlay.repository(), overlay.image());
      case Input.SourceImage source -> image(source.repository(), source.image());
      case Input.GrubKit kit -> new InputImage(GRUB_KIT, kit.kit(), false, Optional.empty());
    };
  }

  private static InputImage image(String repository, Digest digest) {
    return new InputImage(repository, digest, true, Optional.empty());
  }

  /// The image's package URL (purl specification, type `oci`), for the source's own without a
  /// registry: a mirror has the same image. Empty where it is no image.
  Optional<String> purl() {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return isImage
        ? Optional.of(
            "pkg:oci/%s@sha256%%3A%s".formatted(last, digest.hex())
                + repository.map(url -> "?repository_url=" + url).orElse(""))
        : Optional.empty();
  }
}
