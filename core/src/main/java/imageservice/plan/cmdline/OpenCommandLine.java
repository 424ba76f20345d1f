package imageservice.plan.cmdline;

import java.util.List;

/// A kernel command line without the overlay's arguments, which only the overlay's own program
/// knows.
///
/// @param before arguments before the overlay's, which replace those of equal keys
/// @param after arguments appended after the overlay's
/// @param extra the configuration's extra arguments, applied last
public record OpenCommandLine(String before, String after, List<String> extra) {
  public OpenCommandLine {
    extra = List.copyOf(extra);
  }

  /// The complete command line with these arguments of the overlay.
  public String with(List<String> overlayArguments) {
    KernelArguments line = new KernelArguments();
    line.append(before);
    line.set(String.join(" ", overlayArguments));
    line.append(after);
    line.customize(extra);
    return line.toString();
  }
}
