package imageservice.builder.extension;

import imageservice.builder.material.UnfitInputException;
import imageservice.plan.Input;

/// Failures that name whose source material is at fault. What they quote comes from it, so they are
/// one line and no longer than anybody reads.
final class Unfit {
  private static final int LONGEST = 1000;

  private Unfit() {}

  static UnfitInputException extension(String name, String problem) {
    return new UnfitInputException(shown("extension \"%s\": %s".formatted(name, problem)));
  }

  static UnfitInputException file(Input.ImageFile file, String problem) {
    return new UnfitInputException(
        shown("%s of %s@%s: %s".formatted(file.path(), file.repository(), file.image(), problem)));
  }

  private static String shown(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
