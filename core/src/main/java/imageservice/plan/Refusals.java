package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.asset.Board;
import imageservice.configuration.Customization;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Capability;
import java.util.Optional;
import java.util.Set;

/// What is refused before anything is planned, in the order in which clients of the reference see
/// it.
final class Refusals {
  /// What the reference puts before what it says of a configuration.
  static final String ENHANCING = "error enhancing profile from schematic: ";

  /// When systemd-boot enrols the keys of an ISO; empty for the release's own choice.
  private static final Set<String> ENROLMENTS = Set.of("", "off", "manual", "if-safe", "force");

  private Refusals() {}

  /// What this version, or this service as it is set up, can never do.
  static Optional<Refused> of(PlanRequest request, boolean secureBoot) {
    return name(request).or(() -> secureBoot(request, secureBoot)).or(() -> customization(request));
  }

  static Refused notBuiltYet(AssetName name) {
    return new Refused(
        Reason.NOT_BUILT_YET,
        "not built yet by this service: the asset kind \"%s\" (%s)".formatted(name.kind(), name));
  }

  static Refused unsupported(String message) {
    return new Refused(Reason.UNSUPPORTED, ENHANCING + message);
  }

  /// Kernel and command line come without the root file system that extensions are layers of, and
  /// the reference leaves overlays out of them as well.
  static boolean takesExtensions(AssetName name) {
    return !(name instanceof AssetName.Kernel || name instanceof AssetName.Cmdline);
  }

  private static Optional<Refused> name(PlanRequest request) {
    Optional<Board> board =
        request.name() instanceof AssetName.ForTarget asset
            ? asset.target().board()
            : Optional.empty();
    return board
        .filter(ignored -> !Capability.BOARDS.in(request.version()))
        .map(name ->
            new Refused(
                Reason.UNSUPPORTED,
                "error parsing profile from path: invalid architecture: \"%s-arm64\""
                    .formatted(name)));
  }

  private static Optional<Refused> secureBoot(PlanRequest request, boolean enabled) {
    boolean asked =
        request.name() instanceof AssetName.ForTarget asset && asset.target().secureBoot();
    if (!asked) {
      return Optional.empty();
    }
    if (!Capability.UKI.in(request.version())) {
      return refused("secureboot is not supported for Talos version " + request.version());
    }
    if (!enabled) {
      return refused("secure boot is disabled");
    }
    String enrollKeys = request.configuration().customization().secureBoot().enrollKeys();
    return ENROLMENTS.contains(enrollKeys)
        ? Optional.empty()
        : refused(
            "invalid secureboot enrollKeys value \"%s\": %s does not belong to SDBootEnrollKeys values"
                .formatted(enrollKeys, enrollKeys));
  }

  private static Optional<Refused> customization(PlanRequest request) {
    if (request.name() instanceof AssetName.Uki && !Capability.UKI.in(request.version())) {
      return refused("UKIs are not supported for Talos version " + request.version());
    }
    if (!request.configuration().overlay().isNone() && !Capability.OVERLAYS.in(request.version())) {
      return refused("overlay is not supported for Talos version " + request.version());
    }
    Customization customization = request.configuration().customization();
    if (takesExtensions(request.name())
        && !customization.embeddedMachineConfiguration().isEmpty()
        && !Capability.EMBEDDED_MACHINE_CONFIGURATION.in(request.version())) {
      return refused(
          "embedding configuration is not supported for Talos version " + request.version());
    }
    return Optional.empty();
  }

  private static Optional<Refused> refused(String message) {
    return Optional.of(unsupported(message));
  }
}
