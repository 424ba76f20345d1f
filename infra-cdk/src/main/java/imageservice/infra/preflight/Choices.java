package imageservice.infra.preflight;

import imageservice.infra.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The settings of a deployment.
///
/// @param refusals a line for each that cannot be meant
/// @param settings what they say; absent where one is refused
/// @param remembered whether there is a file of them
public record Choices(List<String> refusals, Optional<Settings> settings, boolean remembered) {
  public Choices {
    refusals = List.copyOf(refusals);
  }

  /// The same with more that cannot be meant.
  public Choices and(List<String> more) {
    return new Choices(
        Stream.concat(refusals.stream(), more.stream()).toList(), settings, remembered);
  }
}
