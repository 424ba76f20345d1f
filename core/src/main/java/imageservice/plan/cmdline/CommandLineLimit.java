package imageservice.plan.cmdline;

import imageservice.configuration.Customization;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How much of a command line kernels read: 2,048 bytes with the final NUL on x86 and arm64 alike
/// (Linux, `COMMAND_LINE_SIZE`). They drop the rest without a word.
public final class CommandLineLimit {
  public static final int BYTES = 2047;

  private CommandLineLimit() {}

  /// Why a line is too long and which part of the configuration to shorten; nothing where it fits.
  ///
  /// @param appended bytes that a boot menu adds to the line at most
  public static Optional<String> excess(
      String line, int appended, Customization customization, TalosVersion version) {
    int length = bytes(line) + appended;
    return length <= BYTES
        ? Optional.empty()
        : Optional.of(
            "%s: customization.extraKernelArgs takes %d of them, customization.meta %d"
                .formatted(
                    tooLong(length),
                    bytes(String.join(" ", customization.extraKernelArgs())),
                    MetaArgument.of(customization.meta(), version)
                        .map(CommandLineLimit::bytes)
                        .orElse(0)));
  }

  /// Why a line is too long that an overlay's arguments have completed; nothing where it fits.
  public static Optional<String> excess(String line) {
    return bytes(line) <= BYTES ? Optional.empty() : Optional.of(tooLong(bytes(line)));
  }

  private static String tooLong(int length) {
    return "the kernel command line has %d bytes, of which kernels read %d"
        .formatted(length, BYTES);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
