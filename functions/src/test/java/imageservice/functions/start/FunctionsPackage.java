package imageservice.functions.start;

import imageservice.packaging.Launch;
import imageservice.packaging.PackageZip;
import imageservice.packaging.StartPackage;
import imageservice.packaging.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Makes the package of the request functions that starts quickly, for Lambda's OS-only runtime.
/// `functions/package` calls it.
final class FunctionsPackage {
  /// Requests are short: no code is compiled as far as it could be. What the managed runtime leaves
  /// of a function's memory for the heap is 80 %.
  private static final StartPackage PACKAGE =
      new StartPackage(
          new Launch(80, List.of("-XX:TieredStopAtLevel=1")),
          List.of(
              "java.base",
              "java.logging",
              "java.management",
              "java.naming",
              "java.xml",
              "jdk.crypto.ec",
              "jdk.unsupported"),
          true);

  private FunctionsPackage() {}

  /// Arguments: the zip that Maven made, a folder with its jars and the runtime interface client's,
  /// a folder with classes of this package, and a folder that gets the package.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[3]).toAbsolutePath();
    Path root = folder.resolve("root");
    Training training =
        new Training(
            TrainingFunction.class.getName(),
            Path.of(arguments[2]).toAbsolutePath(),
            RequestWorld::new,
            RequestWorld.ordinary());
    PACKAGE.make(StartPackage.jars(Path.of(arguments[1])), root, folder, training);
    PackageZip.write(root, folder.resolve("functions.zip"));
    describe(folder, Path.of(arguments[0]));
  }

  /// What the stack has to know, beside the zip.
  private static void describe(Path folder, Path plain) throws IOException {
    Files.writeString(
        folder.resolve("functions.properties"),
        """
        # of functions.zip in this folder
        runtime=provided.al2023
        architecture=%s
        java=%s
        # SHA-256 of the zip without a runtime that it was made of
        made-of=%s
        """
            .formatted(
                StartPackage.architecture(),
                System.getProperty("java.runtime.version"),
                sha256(plain)));
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
