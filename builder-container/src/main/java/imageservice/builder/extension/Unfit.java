package imageservice.builder.extension;

import imageservice.builder.material.UnfitInputException;
import imageservice.plan.Input;
import imageservice.text.Shown;

/// Failures that name the material at fault. As they quote it, they are cut to {@value #LONGEST}
/// characters, and control characters are replaced.
final class Unfit {
  private static final int LONGEST = 1000;

  private Unfit() {}

  static UnfitInputException extension(String name, String problem) {
    return new UnfitInputException(printable("extension \"%s\": %s".formatted(name, problem)));
  }

  static UnfitInputException file(Input.ImageFile file, String problem) {
    return new UnfitInputException(
        printable(
            "%s of %s@%s: %s".formatted(file.path(), file.repository(), file.image(), problem)));
  }

  private static String printable(String text) {
    return Shown.of(text, LONGEST);
  }
}
