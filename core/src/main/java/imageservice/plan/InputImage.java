package imageservice.plan;

import imageservice.release.Digest;
import java.util.List;
import java.util.Optional;

/// What a plan takes its inputs from, each once: container images, and the GRUB kit.
///
/// @param name of the image's repository, or of the kit
/// @param isImage whether it is a container image
record InputImage(String name, Digest digest, boolean isImage) {
  static final String GRUB_KIT = "grub-kit";

  static List<InputImage> of(BuildPlan plan) {
    return plan.inputs().stream().map(InputImage::of).distinct().toList();
  }

  private static InputImage of(Input input) {
    return switch (input) {
      case Input.ImageFile file -> new InputImage(file.repository(), file.image(), true);
      case Input.ImageFolder folder -> new InputImage(folder.repository(), folder.image(), true);
      case Input.ExtensionImage extension ->
          new InputImage(extension.name(), extension.image(), true);
      case Input.BaseImage base -> new InputImage(base.repository(), base.image(), true);
      case Input.OverlayImage overlay ->
          new InputImage(overlay.repository(), overlay.image(), true);
      case Input.SourceImage source -> new InputImage(source.repository(), source.image(), true);
      case Input.GrubKit kit -> new InputImage(GRUB_KIT, kit.kit(), false);
    };
  }

  /// The image's package URL (purl specification, type `oci`), without a registry: a mirror has the
  /// same image. Empty where it is no image.
  Optional<String> purl() {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return isImage
        ? Optional.of("pkg:oci/%s@sha256%%3A%s".formatted(last, digest.hex()))
        : Optional.empty();
  }
}
