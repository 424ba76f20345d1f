package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.asset.Board;
import imageservice.configuration.Customization;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.CommandLineLimit;
import imageservice.release.Capability;
import imageservice.release.ReleaseIndex;
import java.util.Optional;

/// The planner's refusals, in the order in which the reference checks a request.
final class Refusals {
  /// The reference's prefix of messages about a configuration.
  static final String ENHANCING = "error enhancing profile from schematic: ";

  private Refusals() {}

  /// The refusal that follows from version, configuration and settings alone, without the index and
  /// the catalogues.
  ///
  /// @param secureBoot whether the service has keys to sign assets with
  static Optional<Refused> of(PlanRequest request, boolean secureBoot) {
    return name(request).or(() -> secureBoot(request, secureBoot)).or(() -> customization(request));
  }

  static Refused unsupported(String message) {
    return new Refused(Reason.UNSUPPORTED, ENHANCING + message);
  }

  /// Whether the asset contains extensions: kernel and command line have no root file system for
  /// their layers, and the reference ignores overlays there as well.
  static boolean takesExtensions(AssetName name) {
    return !(name instanceof AssetName.Kernel || name instanceof AssetName.Cmdline);
  }

  static Refused noSuchConfiguration(String id) {
    return new Refused(
        Reason.NO_SUCH_CONFIGURATION,
        "schematic ID \"%s\" not found".formatted(id),
        Optional.of("POST the configuration to /schematics first, which answers its id"));
  }

  static Refused noSuchVersion(PlanRequest request, ReleaseIndex index) {
    boolean asksCatalogue =
        takesExtensions(request.name()) && !request.customization().officialExtensions().isEmpty();
    return new Refused(
        Reason.NO_SUCH_VERSION,
        "%sversion %s is not available%s"
            .formatted(
                asksCatalogue
                    ? ENHANCING + "error getting official extensions: "
                    : missing(request.name()),
                request.version().number(),
                index.onOffer(request.version()).map(offer -> "; " + offer).orElse("")));
  }

  /// What the reference misses first.
  private static String missing(AssetName name) {
    return name instanceof AssetName.Installer
        ? ENHANCING + "failed to get base installer: "
        : "failed to get kernel: ";
  }

  static Refused notIndexed() {
    return new Refused(Reason.NOT_INDEXED, "the releases of the source have not been read yet");
  }

  static Refused noGrubKit() {
    return new Refused(
        Reason.NOT_SET_UP,
        "media with GRUB need the GRUB kit, which is not there: make it with"
            + " grub-kit/make-grub-kit");
  }

  /// Refuses a command line whose quoted text would take in the rest of GRUB's menu.
  static Refused unclosedQuote() {
    return unsupported(
        "customization.extraKernelArgs has a ' without another one: GRUB, which starts this medium,"
            + " would take the rest of its menu for a quoted text. Leave it out, or choose the"
            + " bootloader sd-boot (for ISOs from Talos v1.12 on, for disk images from v1.5 on)");
  }

  /// Refuses a command line that kernels would cut, as the machine would boot without its last
  /// arguments. The builder checks a line that an overlay's program completes.
  ///
  /// @param added the most bytes that a boot loader adds to the line
  static Optional<Refused> tooLong(PlannedCommandLine line, int added, PlanParts parts) {
    return switch (line) {
      case PlannedCommandLine.WithOverlay ignored -> Optional.empty();
      case PlannedCommandLine.Settled(String text) ->
          CommandLineLimit.excess(text, added, parts.customization(), parts.version())
              .map(Refusals::unsupported);
    };
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
                "error parsing profile from path: invalid architecture: \"%s-arm64\"; boards are in releases before Talos v1.7: write metal-arm64, with an overlay in the configuration"
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
    String enrollKeys = request.customization().secureBoot().enrollKeys();
    return Enrolment.Mode.parse(enrollKeys).isPresent()
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
    Customization customization = request.customization();
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
