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
  private final ImageSources sources;

  ImageRoots(ImageSources sources) {
    this.sources = sources;
  }

  SortedMap<String, TreeEntry> fetch(Input.ExtensionImage extension) throws IOException {
    String subject = "extension \"%s\"".formatted(extension.name());
    ImageSources.Placed placed = placed(subject, extension);
    OciImage image = OciImage.of(placed.repository(), extension.image());
    try {
      return tree(subject, placed.images(), image, extension.architecture(), Wanted.everything());
    } catch (SourceException.NotFound e) {
      throw unfit(subject, e);
    }
  }

  private ImageSources.Placed placed(String subject, Input.ExtensionImage extension)
      throws UnfitInputException {
    if (extension.repository().isPresent()) {
      String repository = extension.repository().get();
      return sources
          .find(repository)
          .orElseThrow(() ->
              new UnfitInputException(
                  "%s is in %s, which is below no catalogue of this service any more"
                      .formatted(subject, repository)));
    }
    return CatalogueNames.repository(extension.name())
        .map(repository -> new ImageSources.Placed(sources.source(), repository))
        .orElseThrow(() -> new UnfitInputException(subject + " is not below the source's prefix"));
  }

  /// The program and artifacts of an overlay; an image without the program is for other
  /// architectures.
  SortedMap<String, TreeEntry> fetch(Input.OverlayImage overlay) throws IOException {
    String subject = "overlay \"%s\"".formatted(overlay.name());
    OciImage image = OciImage.of(overlay.repository(), overlay.image());
    Wanted wanted = new Wanted(Set.of(overlay.program()), Set.of(Input.OverlayImage.ARTIFACTS));
    try {
      return tree(subject, sources.source(), image, overlay.architecture(), wanted);
    } catch (SourceException.NotFound e) {
      throw new OtherArchitectureException(
          "%s has no %s build: %s".formatted(subject, overlay.architecture(), e.getMessage()));
    }
  }

  private SortedMap<String, TreeEntry> tree(
      String subject, OciImages images, OciImage image, Architecture architecture, Wanted wanted)
      throws IOException {
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
