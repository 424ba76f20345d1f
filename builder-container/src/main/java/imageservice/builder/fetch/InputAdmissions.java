package imageservice.builder.fetch;

import imageservice.ledger.InputAdmission;
import imageservice.plan.Input;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells which policies admit the images of a plan.
record InputAdmissions(ImageSources sources) {
  /// @param repository below the source's prefix, or with its registry
  private record Image(String repository, Digest digest) {
    @Override
    public String toString() {
      return repository + "@" + digest.value();
    }
  }

  List<InputAdmission> of(List<Input> inputs) throws IOException {
    SortedMap<String, SortedSet<String>> images = new TreeMap<>();
    for (Input input : inputs) {
      Optional<Image> image = image(input);
      if (image.isPresent()) {
        images
            .computeIfAbsent(from(input).policy(), policy -> new TreeSet<>())
            .add(image.get().toString());
      }
    }
    List<InputAdmission> admissions = new ArrayList<>();
    images.forEach(
        (policy, admitted) -> admissions.add(new InputAdmission(policy, List.copyOf(admitted))));
    return admissions;
  }

  private OciImages from(Input input) {
    return input instanceof Input.ExtensionImage extension
        ? extension
            .repository()
            .flatMap(sources::find)
            .map(ImageSources.Placed::images)
            .orElse(sources.source())
        : sources.source();
  }

  /// Empty for the GRUB kit, which lies in a folder of the builder.
  private static Optional<Image> image(Input input) {
    return switch (input) {
      case Input.ImageFile file -> Optional.of(new Image(file.repository(), file.image()));
      case Input.ImageFolder folder -> Optional.of(new Image(folder.repository(), folder.image()));
      case Input.ExtensionImage extension ->
          Optional.of(
              new Image(extension.repository().orElse(extension.name()), extension.image()));
      case Input.BaseImage base -> Optional.of(new Image(base.repository(), base.image()));
      case Input.OverlayImage overlay ->
          Optional.of(new Image(overlay.repository(), overlay.image()));
      case Input.SourceImage source -> Optional.of(new Image(source.repository(), source.image()));
      case Input.GrubKit ignored -> Optional.empty();
    };
  }
}
