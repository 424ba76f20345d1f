package imageservice.plan;

/// The program that an overlay brings, which the builder runs where a table lacks the overlay.
///
/// @param options of the overlay as YAML, for the program's standard input
public record OverlayProgram(Input.ImageFile file, String options) {
  /// The overlay's name, which is the program's as well.
  public String overlay() {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }
}
