package imageservice.local;

import imageservice.demo.DemoVersions;
import imageservice.release.TalosVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that serves miniature releases.
final class DemoOptions {
  static final String SWITCH = "--demo";

  @Option(
      names = SWITCH,
      arity = "0..1",
      fallbackValue = DemoVersions.STANDARD,
      paramLabel = "V[,V]",
      description =
          "serve miniature releases of these versions, made first where they are not there yet, out of Debian's packages; without a value "
              + DemoVersions.STANDARD)
  private @Nullable String versions;

  boolean isGiven() {
    return versions != null;
  }

  /// Ascending; none where the option is not given.
  List<TalosVersion> versions() throws CommandException {
    return versions == null ? List.of() : parse(SWITCH, versions);
  }

  static List<TalosVersion> parse(String option, String list) throws CommandException {
    try {
      return DemoVersions.parse(list);
    } catch (IllegalArgumentException e) {
      throw new CommandException("%s %s: %s".formatted(option, list, e.getMessage()));
    }
  }
}
