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
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Runtime;

/// The request side's code, and what runs it: what the file of properties beside a zip says, which
/// whoever made the zip wrote; a zip or folder without one has jars, for Lambda's own Java.
///
/// @param path a zip or a folder
public record FunctionsCode(String path, Runtime runtime, Architecture architecture) {
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
        .orElseGet(() -> new FunctionsCode(path, Runtime.JAVA_25, Architecture.ARM_64));
  }

  private static FunctionsCode described(String path, Properties properties) {
    requireFresh(path, properties.getProperty("made-of", ""));
    return new FunctionsCode(path, runtime(path, properties), architecture(path, properties));
  }

  private static Runtime runtime(String path, Properties properties) {
    String name = properties.getProperty("runtime", "");
    if (name.equals(Runtime.PROVIDED_AL2023.getName())) {
      return Runtime.PROVIDED_AL2023;
    }
    throw new IllegalArgumentException(
        path + ": its properties name a runtime unknown here: " + name);
  }

  private static Architecture architecture(String path, Properties properties) {
    String name = properties.getProperty("architecture", "");
    return switch (name) {
      case "arm64" -> Architecture.ARM_64;
      case "x86_64" -> Architecture.X86_64;
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
