package imageservice.plan;

import imageservice.asset.AssetName;
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
    Customization customization = request.configuration().customization();
    if (isForSecureBoot(request.name()) && !Capability.UKI.in(request.version())) {
      return unsupported("secureboot is not supported for Talos version " + request.version());
    }
    if (isForSecureBoot(request.name()) && !secureBoot) {
      return unsupported("secure boot is disabled");
    }
    String enrollKeys = customization.secureBoot().enrollKeys();
    if (isForSecureBoot(request.name()) && !ENROLMENTS.contains(enrollKeys)) {
      return unsupported(
          "invalid secureboot enrollKeys value \"%s\": %s does not belong to SDBootEnrollKeys values"
              .formatted(enrollKeys, enrollKeys));
    }
    if (request.name() instanceof AssetName.Uki && !Capability.UKI.in(request.version())) {
      return unsupported("UKIs are not supported for Talos version " + request.version());
    }
    if (!request.configuration().overlay().isNone() && !Capability.OVERLAYS.in(request.version())) {
      return unsupported("overlay is not supported for Talos version " + request.version());
    }
    if (takesExtensions(request.name())
        && !customization.embeddedMachineConfiguration().isEmpty()
        && !Capability.EMBEDDED_MACHINE_CONFIGURATION.in(request.version())) {
      return unsupported(
          "embedding configuration is not supported for Talos version " + request.version());
    }
    return Optional.empty();
  }

  /// What Talos offers for an initramfs or an ISO and this service does not make yet.
  static Optional<Refused> notBuiltYet(PlanRequest request) {
    AssetName name = request.name();
    if (name instanceof AssetName.Iso iso && !Planner.hasGrubForUefi(request, iso.target())) {
      return Optional.of(
          notBuiltYet(
              "an ISO with systemd-boot (%s for Talos %s)".formatted(name, request.version())
                  + (Capability.ISO_BOOTLOADER_CHOICE.in(request.version())
                          && !iso.target().secureBoot()
                      ? "; ask for one with `bootloader: grub` in the configuration"
                      : "")));
    }
    boolean hasInitramfs = name instanceof AssetName.Iso || name instanceof AssetName.Initramfs;
    return hasInitramfs ? customizationNotBuiltYet(request) : Optional.empty();
  }

  static Refused kindNotBuiltYet(AssetName name) {
    return notBuiltYet("the asset kind \"%s\" (%s)".formatted(name.kind(), name));
  }

  private static Optional<Refused> customizationNotBuiltYet(PlanRequest request) {
    Customization customization = request.configuration().customization();
    if (!customization.officialExtensions().isEmpty()) {
      return Optional.of(
          notBuiltYet(
              "system extensions (%s)"
                  .formatted(String.join(", ", customization.officialExtensions()))));
    }
    if (!request.configuration().overlay().isNone()) {
      return Optional.of(
          notBuiltYet("overlays (%s)".formatted(request.configuration().overlay().name())));
    }
    if (!customization.embeddedMachineConfiguration().isEmpty()) {
      return Optional.of(notBuiltYet("an embedded machine configuration"));
    }
    return Optional.empty();
  }

  private static boolean isForSecureBoot(AssetName name) {
    return name instanceof AssetName.ForTarget asset && asset.target().secureBoot();
  }

  /// Kernel and command line come without the root file system that extensions are layers of.
  private static boolean takesExtensions(AssetName name) {
    return !(name instanceof AssetName.Kernel || name instanceof AssetName.Cmdline);
  }

  private static Optional<Refused> unsupported(String message) {
    return Optional.of(new Refused(Reason.UNSUPPORTED, ENHANCING + message));
  }

  private static Refused notBuiltYet(String what) {
    return new Refused(Reason.NOT_BUILT_YET, "not built yet by this service: " + what);
  }
}
