package imageservice.plan;

import java.util.List;
import java.util.Set;

/// The kernel command line in a plan. All but the arguments of an overlay that this service does
/// not know are settled when an asset is planned; those its own program has to be asked for.
public sealed interface PlannedCommandLine {
  /// Keys of which what a person asks for replaces what was there.
  Set<String> OVERWRITTEN = Set.of("console", "talos.platform");

  /// What must be fetched.
  List<Input> inputs();

  /// The line itself.
  record Settled(String text) implements PlannedCommandLine {
    @Override
    public List<Input> inputs() {
      return List.of();
    }
  }

  /// A line in which an overlay's arguments are missing.
  ///
  /// @param program what prints them, given the options on its standard input
  /// @param options of the overlay, as YAML
  /// @param before what is there before they take their places
  /// @param after what is added then
  /// @param extra what a person asks for, applied last
  record WithOverlay(
      Input.ImageFile program, String options, String before, String after, List<String> extra)
      implements PlannedCommandLine {
    public WithOverlay {
      extra = List.copyOf(extra);
    }

    @Override
    public List<Input> inputs() {
      return List.of(program);
    }

    /// The line, once the program has printed its arguments.
    public String with(List<String> overlayArguments) {
      KernelArguments line = new KernelArguments();
      line.append(before);
      line.set(String.join(" ", overlayArguments));
      line.append(after);
      line.customize(extra, OVERWRITTEN);
      return line.toString();
    }
  }
}
