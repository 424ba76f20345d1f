package imageservice.builder.assemble;

import imageservice.builder.material.Material;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.linux.BzImage;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import imageservice.plan.cmdline.CommandLineLimit;
import java.io.IOException;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Refuses a command line that the kernel of a medium would cut, as the machine would boot without
/// its last arguments. The planner has refused what no kernel reads; here the kernel says itself
/// how much it reads, and an overlay's program has completed the line.
final class WholeCommandLine {
  private WholeCommandLine() {}

  /// @param added the most bytes that the boot loader adds to a line
  static void require(
      Input.ImageFile kernel,
      PlannedCommandLine commandLine,
      ToIntFunction<String> added,
      Material material)
      throws IOException {
    String line = material.commandLine(commandLine);
    int limit = BzImage.commandLineLimit(material.file(kernel)).orElse(CommandLineLimit.BYTES);
    Optional<String> excess = CommandLineLimit.excess(line, added.applyAsInt(line), limit);
    if (excess.isPresent()) {
      throw new UnfitInputException(
          excess.get() + ": shorten customization.extraKernelArgs or meta" + overlay(commandLine));
    }
  }

  private static String overlay(PlannedCommandLine commandLine) {
    return switch (commandLine) {
      case PlannedCommandLine.Settled ignored -> "";
      case PlannedCommandLine.WithOverlay planned ->
          ", or the arguments of overlay " + planned.program().overlay();
    };
  }
}
