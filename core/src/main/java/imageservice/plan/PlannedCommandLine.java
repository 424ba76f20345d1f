package imageservice.plan;

import imageservice.plan.cmdline.OpenCommandLine;
import java.util.List;

/// The kernel command line in a plan. All but the arguments of an overlay that this service does
/// not know are settled when an asset is planned; those its own program has to be asked for.
public sealed interface PlannedCommandLine {
  /// What must be fetched.
  List<Input> inputs();

  /// The line itself.
  record Settled(String text) implements PlannedCommandLine {
    @Override
    public List<Input> inputs() {
      return List.of();
    }
  }

  /// A line that an overlay's program completes.
  ///
  /// @param program of the overlay, which prints its arguments
  /// @param options of the overlay as YAML, for the program's standard input
  record WithOverlay(Input.ImageFile program, String options, OpenCommandLine line)
      implements PlannedCommandLine {
    @Override
    public List<Input> inputs() {
      return List.of(program);
    }
  }
}
