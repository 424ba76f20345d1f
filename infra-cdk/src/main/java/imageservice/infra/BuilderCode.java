package imageservice.infra;

import java.nio.file.Path;

/// What is in the builder's image beside its base, as `builder-container/package` made it.
///
/// @param hasRuntime whether it brings its own runtime; else it has jars for the base's Java
/// @param isArm whether it runs on arm64; else on x86_64
public record BuilderCode(boolean hasRuntime, boolean isArm) {
  /// Jars, for which there is no file of properties.
  static final BuilderCode JARS = new BuilderCode(false, true);

  /// Where `builder-container/package` says what it made, seen from the checkout.
  public static final String PROPERTIES = "builder-container/target/image.properties";

  /// What the file of properties in a checkout says; without one there are jars.
  public static BuilderCode in(Path checkout) {
    return PropertiesFile.read(checkout.resolve(PROPERTIES), "the builder's image")
        .map(BuilderCode::of)
        .orElse(JARS);
  }

  private static BuilderCode of(PropertiesFile file) {
    boolean hasRuntime =
        switch (file.value("runtime")) {
          case "own" -> true;
          case "base" -> false;
          default -> throw file.unknown("runtime");
        };
    return new BuilderCode(hasRuntime, file.isArm());
  }
}
