package imageservice.infra;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

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
        .map(properties -> described(path, properties))
        .orElseGet(() -> new FunctionsCode(path, false, true));
  }

  private static FunctionsCode described(String path, Properties properties) {
    requireFresh(path, properties.getProperty("made-of", ""));
    requireRuntime(path, properties.getProperty("runtime", ""));
    return new FunctionsCode(path, true, isArm(path, properties.getProperty("architecture", "")));
  }

  private static void requireRuntime(String path, String name) {
    if (!name.equals(OS_ONLY)) {
      throw new IllegalArgumentException(
          path + ": its properties name a runtime unknown here: " + name);
    }
  }

  private static boolean isArm(String path, String name) {
    return switch (name) {
      case "arm64" -> true;
      case "x86_64" -> false;
      default ->
          throw new IllegalArgumentException(
              path + ": its properties name an architecture unknown here: " + name);
    };
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

  private static Optional<Properties> properties(String path) {
    if (!path.endsWith(ZIP)) {
      return Optional.empty();
    }
    Path beside = Path.of(path.substring(0, path.length() - ZIP.length()) + ".properties");
    if (!Files.exists(beside)) {
      return Optional.empty();
    }
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(beside)));
      return Optional.of(properties);
    } catch (IOException e) {
      throw new IllegalArgumentException(beside + " cannot be read", e);
    }
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
