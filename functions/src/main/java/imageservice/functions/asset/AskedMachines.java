package imageservice.functions.asset;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
import imageservice.asset.Target;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The machines that a request asks about, by `?platform=`, `?arch=` and `?secureboot=`: bare metal
/// of each architecture without secure boot where it says nothing.
record AskedMachines(Platform platform, List<Architecture> architectures, boolean secureBoot) {
  /// Asked about, or why not.
  sealed interface Outcome {}

  record Asked(AskedMachines machines) implements Outcome {}

  record Refused(Problem problem) implements Outcome {}

  AskedMachines {
    architectures = List.copyOf(architectures);
  }

  static Outcome of(Request request) {
    String platform = request.parameter("platform").orElse(Platform.METAL.toString());
    Optional<Platform> known = Platform.parse(platform);
    if (known.isEmpty()) {
      return refused("unknown platform \"%s\"; there are %s".formatted(platform, Platform.known()));
    }
    Optional<String> architecture = request.parameter("arch");
    List<Architecture> architectures =
        Arrays.stream(Architecture.values())
            .filter(each -> architecture.isEmpty() || architecture.get().equals(each.toString()))
            .toList();
    if (architectures.isEmpty()) {
      return refused(
          "unknown architecture \"%s\"; there are amd64 and arm64"
              .formatted(architecture.orElseThrow()));
    }
    String secureBoot = request.parameter("secureboot").orElse("false");
    return switch (secureBoot) {
      case "true", "false" ->
          new Asked(
              new AskedMachines(known.get(), architectures, Boolean.parseBoolean(secureBoot)));
      default -> refused("secureboot is true or false, not \"%s\"".formatted(secureBoot));
    };
  }

  private static Refused refused(String detail) {
    return new Refused(Problem.of(400, detail));
  }

  List<Target> targets() {
    return architectures.stream().map(this::target).toList();
  }

  private Target target(Architecture architecture) {
    return new Target(platform, architecture, secureBoot);
  }

  /// The one of an architecture if it is asked about, else another.
  Target preferring(Architecture architecture) {
    return target(architectures.contains(architecture) ? architecture : architectures.getFirst());
  }
}
