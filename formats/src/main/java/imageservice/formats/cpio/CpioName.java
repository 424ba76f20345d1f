package imageservice.formats.cpio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What a name in an archive may be: a relative path of plain components.
final class CpioName {
  /// Linux skips entries whose name, with its NUL, is longer than `PATH_MAX`.
  static final int MAX_SIZE = 4096;

  static final String TRAILER = "TRAILER!!!";

  private CpioName() {}

  /// Why this is no name, empty where it is one.
  static Optional<String> fault(String name) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      return Optional.of("is not Unicode");
    }
    if (name.indexOf('\0') >= 0) {
      return Optional.of("contains a NUL");
    }
    if (encode(name).length > MAX_SIZE) {
      return Optional.of("is longer than " + (MAX_SIZE - 1) + " bytes");
    }
    return Arrays.stream(name.split("/", -1)).anyMatch(CpioName::isNoComponent)
        ? Optional.of("is not a plain relative path")
        : Optional.empty();
  }

  /// The name in UTF-8 with its terminating NUL.
  static byte[] encode(String name) {
    return (name + '\0').getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isNoComponent(String component) {
    return component.isEmpty() || component.equals(".") || component.equals("..");
  }
}
