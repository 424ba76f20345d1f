package imageservice.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The request side's code, and what runs it: what the file of properties beside a zip says, which
/// whoever made the zip wrote; a zip or folder without one has jars, for Lambda's own Java.
///
/// @param path a zip or a folder
/// @param hasRuntime whether it brings its own runtime, for Lambda's OS-only one
/// @param isArm whether it runs on arm64; else on x86_64
public record FunctionsCode(String path, boolean hasRuntime, boolean isArm) {
  private static final String OS_ONLY = "provided.al2023";

  /// As `functions/package` leaves it, seen from this module.
  static final Path PACKAGED = Path.of("../functions/target/package/functions.zip");

  /// As `./mvnw -pl functions -am package` leaves it.
  static final Path BUILT = Path.of("../functions/target/functions.zip");

  /// In this module, so that stacks can be made where nothing was built.
  public static final String PLACEHOLDER = "placeholder";

  private static final String ZIP = ".zip";

  /// The best that there is: packaged with a runtime, built, or the placeholder.
  static String best() {
    if (Files.exists(PACKAGED)) {
      return PACKAGED.toString();
    }
    return Files.exists(BUILT) ? BUILT.toString() : PLACEHOLDER;
  }

  static FunctionsCode of(String path) {
    return properties(path)
        .map(file -> described(path, file))
        .orElseGet(() -> new FunctionsCode(path, false, true));
  }

  private static FunctionsCode described(String path, PropertiesFile file) {
    requireFresh(path, file.value("made-of"));
    if (!file.value("runtime").equals(OS_ONLY)) {
      throw file.unknown("runtime");
    }
    return new FunctionsCode(path, true, file.isArm());
  }

  /// What was packaged before the functions were built anew would deploy the old ones.
  private static void requireFresh(String path, String madeOf) {
    Path zip = Path.of(path);
    if (isSame(zip, PACKAGED) && Files.exists(BUILT) && !sha256(BUILT).equals(madeOf)) {
      throw new IllegalArgumentException(
          path
              + " is older than "
              + BUILT
              + ": run functions/package again, or, to deploy without"
              + " it, functions/package --none");
    }
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static Optional<PropertiesFile> properties(String path) {
    if (!path.endsWith(ZIP)) {
      return Optional.empty();
    }
    String beside = path.substring(0, path.length() - ZIP.length()) + ".properties";
    return PropertiesFile.read(Path.of(beside), path);
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
