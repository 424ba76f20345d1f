package imageservice.plan.cmdline;

import imageservice.configuration.Customization;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How much of a command line kernels read: 2048 bytes with the final NUL on x86 and arm64 alike
/// (Linux, `COMMAND_LINE_SIZE`). Kernels drop the rest without a message.
public final class CommandLineLimit {
  /// The longest command line, in bytes without the final NUL.
  public static final int BYTES = 2047;

  private CommandLineLimit() {}

  /// Why a command line is too long, and how many of its bytes each part of the configuration
  /// takes; empty where it fits.
  ///
  /// @param appended the most bytes that an entry of the boot menu appends to the line
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

  /// Why a command line with an overlay's arguments is too long; empty where it fits.
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
