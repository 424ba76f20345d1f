package imageservice.plan;

import imageservice.plan.cmdline.OpenCommandLine;
import java.util.List;

/// The kernel command line in a plan: complete, or without the arguments of an overlay outside the
/// table `OverlayArguments`, which the builder gets from the overlay's program.
public sealed interface PlannedCommandLine {
  /// The inputs that the builder fetches to complete the line.
  List<Input> inputs();

  /// The text as far as the plan has it: without the arguments of an overlay that the builder asks.
  String planned();

  /// A complete command line.
  record Settled(String text) implements PlannedCommandLine {
    @Override
    public String planned() {
      return text;
    }

    @Override
    public List<Input> inputs() {
      return List.of();
    }
  }

  /// A command line that an overlay's program completes.
  ///
  /// @param program of the overlay, which prints the overlay's arguments
  record WithOverlay(OverlayProgram program, OpenCommandLine line) implements PlannedCommandLine {
    @Override
    public String planned() {
      return line.with(List.of());
    }

    @Override
    public List<Input> inputs() {
      return List.of(program.file());
    }
  }
}
