package imageservice.infra;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// What whoever packed code says of it, in a file beside it.
///
/// @param code what it is about, for messages
record PropertiesFile(String code, Properties values) {
  /// Empty where there is no such file.
  static Optional<PropertiesFile> read(Path file, String code) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Properties values = new Properties();
      values.load(new StringReader(Files.readString(file)));
      return Optional.of(new PropertiesFile(code, values));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  String value(String name) {
    return values.getProperty(name, "");
  }

  /// Whether the code is for arm64; else it is for x86_64.
  boolean isArm() {
    return switch (value("architecture")) {
      case "arm64" -> true;
      case "x86_64" -> false;
      default -> throw unknown("architecture");
    };
  }

  IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "%s: its properties have an unknown %s: %s".formatted(code, name, value(name)));
  }
}
