package imageservice.builder.fetch;

import imageservice.asset.Architecture;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.material.OtherArchitectureException;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.plan.Input;
import imageservice.release.CatalogueNames;
import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;

/// Fetches roots of extensions' and overlays' images, or parts of them, for one architecture. An
/// image that is missing, malformed or too large is an unfit input: another attempt would fail as
/// well, until the person leaves it out.
final class ImageRoots {
  private final OciImages images;

  ImageRoots(OciImages images) {
    this.images = images;
  }

  SortedMap<String, TreeEntry> fetch(Input.ExtensionImage extension) throws IOException {
    String subject = "extension \"%s\"".formatted(extension.name());
    String repository =
        CatalogueNames.repository(extension.name())
            .orElseThrow(
                () -> new UnfitInputException(subject + " is not below the source's prefix"));
    OciImage image = OciImage.of(repository, extension.image());
    try {
      return tree(subject, image, extension.architecture(), Wanted.everything());
    } catch (SourceException.NotFound e) {
      throw unfit(subject, e);
    }
  }

  /// The program and artifacts of an overlay; an image without the program is for other
  /// architectures.
  SortedMap<String, TreeEntry> fetch(Input.OverlayImage overlay) throws IOException {
    String subject = "overlay \"%s\"".formatted(overlay.name());
    OciImage image = OciImage.of(overlay.repository(), overlay.image());
    Wanted wanted = new Wanted(Set.of(overlay.program()), Set.of(Input.OverlayImage.ARTIFACTS));
    try {
      return tree(subject, image, overlay.architecture(), wanted);
    } catch (SourceException.NotFound e) {
      throw new OtherArchitectureException(
          "%s has no %s build: %s".formatted(subject, overlay.architecture(), e.getMessage()));
    }
  }

  private SortedMap<String, TreeEntry> tree(
      String subject, OciImage image, Architecture architecture, Wanted wanted) throws IOException {
    try {
      if (!images.isFor(image, architecture)) {
        throw otherArchitecture(subject, architecture);
      }
      return images.tree(image, architecture, wanted);
    } catch (SourceException.NoPlatform e) {
      throw otherArchitecture(subject, architecture);
    } catch (SourceException.Malformed | SourceException.TooLarge e) {
      throw unfit(subject, e);
    }
  }

  private static UnfitInputException unfit(String subject, SourceException cause) {
    return new UnfitInputException(subject + ": " + cause.getMessage());
  }

  private static OtherArchitectureException otherArchitecture(
      String subject, Architecture architecture) {
    return new OtherArchitectureException("%s has no %s build".formatted(subject, architecture));
  }
}
