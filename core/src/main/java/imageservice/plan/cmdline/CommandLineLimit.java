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
  /// @param added the most bytes that the boot loader adds to the line
  public static Optional<String> excess(
      String line, int added, Customization customization, TalosVersion version) {
    return excess(line, added, BYTES)
        .map(reason ->
            "%s: customization.extraKernelArgs takes %d of them, customization.meta %d"
                .formatted(
                    reason,
                    bytes(String.join(" ", customization.extraKernelArgs())),
                    MetaArgument.of(customization.meta(), version)
                        .map(CommandLineLimit::bytes)
                        .orElse(0)));
  }

  /// Why a command line is too long for a kernel; empty where it fits.
  ///
  /// @param added the most bytes that the boot loader adds to the line
  /// @param limit the bytes that the kernel reads, without the final NUL
  public static Optional<String> excess(String line, int added, int limit) {
    int length = bytes(line) + added;
    return length <= limit
        ? Optional.empty()
        : Optional.of(
            "the kernel command line has %d bytes%s, of which kernels read %d"
                .formatted(
                    length,
                    added == 0 ? "" : " with %d that the boot loader adds".formatted(added),
                    limit));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
