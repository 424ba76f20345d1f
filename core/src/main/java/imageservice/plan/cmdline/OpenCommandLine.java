package imageservice.plan.cmdline;

import java.util.List;

/// A kernel command line that lacks the arguments of an overlay, which its own program has to be
/// asked for.
///
/// @param before what is there before the overlay's arguments take their places
/// @param after what is added then
/// @param extra what the configuration asks for, applied last
public record OpenCommandLine(String before, String after, List<String> extra) {
  public OpenCommandLine {
    extra = List.copyOf(extra);
  }

  /// The line, once the overlay's arguments are known.
  public String with(List<String> overlayArguments) {
    KernelArguments line = new KernelArguments();
    line.append(before);
    line.set(String.join(" ", overlayArguments));
    line.append(after);
    line.customize(extra);
    return line.toString();
  }
}
