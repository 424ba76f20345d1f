package imageservice.builder.fetch;

import imageservice.ledger.InputAdmission;
import imageservice.plan.Input;
import imageservice.plan.InputImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells which policies admit the images of a plan.
record InputAdmissions(ImageSources sources) {
  /// The GRUB kit is no image: it lies in a folder of the builder.
  List<InputAdmission> of(List<Input> inputs) throws IOException {
    SortedMap<String, SortedSet<String>> images = new TreeMap<>();
    for (InputImage image : InputImage.of(inputs)) {
      if (image.isImage()) {
        images
            .computeIfAbsent(from(image).policy(), policy -> new TreeSet<>())
            .add(image.repository().orElse(image.name()) + "@" + image.digest());
      }
    }
    List<InputAdmission> admissions = new ArrayList<>();
    images.forEach(
        (policy, admitted) -> admissions.add(new InputAdmission(policy, List.copyOf(admitted))));
    return admissions;
  }

  private OciImages from(InputImage image) {
    return image
        .repository()
        .flatMap(sources::find)
        .map(ImageSources.Placed::images)
        .orElse(sources.source());
  }
}
