package imageservice.builder.extension;

import imageservice.builder.material.UnfitInputException;
import imageservice.plan.Input;

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
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
