package imageservice.infra;

import java.nio.file.Path;

/// What there is to deploy.
///
/// @param functions the path of the request side's code, where no other is given
/// @param builder what is in the builder's image
public record Packaged(String functions, BuilderCode builder) {
  /// Where nothing was packed; settings can be read all the same.
  public static final Packaged NOTHING = new Packaged(FunctionsCode.PLACEHOLDER, BuilderCode.JARS);

  /// The best that there is in this checkout, seen from this module's folder.
  static Packaged here() {
    return new Packaged(FunctionsCode.best(), BuilderCode.in(Path.of("..")));
  }
}
