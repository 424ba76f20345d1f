package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.configuration.Customization;
import imageservice.release.Capability;
import imageservice.release.Release;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The plans of one request and the parts that they share, once nothing is left to refuse.
final class MediaPlans {
  private static final String WIPE = " talos.experimental.wipe=";

  private final PlanRequest request;
  private final Release release;
  private final CatalogueChoice choice;
  private final String externalUrl;

  MediaPlans(PlanRequest request, Release release, CatalogueChoice choice, String externalUrl) {
    this.request = request;
    this.release = release;
    this.choice = choice;
    this.externalUrl = externalUrl;
  }

  Input.ImageFile kernel(Architecture architecture) {
    return installFile(architecture, "vmlinuz");
  }

  /// The command line as an asset of its own, which knows no overlay.
  String commandLine(Target target) {
    return CommandLine.of(
        target, version(), CommandLine.Use.TEXT, request.configuration().customization(), "");
  }

  private PlannedCommandLine commandLine(Target target, CommandLine.Use use) {
    Customization customization = request.configuration().customization();
    return switch (choice.overlay()) {
      case CatalogueChoice.KnownOverlay known ->
          new PlannedCommandLine.Settled(
              CommandLine.of(target, version(), use, customization, known.arguments()));
      case CatalogueChoice.ForeignOverlay foreign ->
          CommandLine.asking(
              foreign.program(), foreign.options(), target, version(), use, customization);
    };
  }

  InitramfsContent initramfs(Architecture architecture) {
    List<Extension> extensions = new ArrayList<>(choice.extensions());
    extensions.add(SchematicExtension.of(request, externalUrl));
    String embedded = request.configuration().customization().embeddedMachineConfiguration();
    if (!embedded.isEmpty()) {
      extensions.add(EmbeddedConfiguration.of(embedded));
    }
    return new InitramfsContent(
        version(),
        installFile(architecture, "initramfs.xz"),
        kernel(architecture),
        Capability.MERGED_USR.in(version()),
        Capability.ZSTD_ADD_ONS.in(version()) ? AddOnCompression.ZSTD : AddOnCompression.XZ,
        extensions);
  }

  /// The unified kernel image that an asset of this use is or carries.
  UkiContent uki(Target target, CommandLine.Use use) {
    return new UkiContent(
        version(),
        installFile(target.architecture(), "systemd-stub.efi"),
        kernel(target.architecture()),
        initramfs(target.architecture()),
        commandLine(target, use),
        Capability.UKI_PROFILES.in(version()) ? profiles(use) : List.of());
  }

  BuildPlan systemdBootIso(Target target) {
    return new BuildPlan.SystemdBootIso(
        label(), uki(target, CommandLine.Use.ISO), systemdBoot(target.architecture()));
  }

  /// An ISO with GRUB for BIOS at least.
  BuildPlan grubIso(Target target, IsoBootLoader loader, Input.GrubKit kit) {
    boolean resetEntry = Capability.GRUB_RESET_ENTRY.in(version());
    return loader == IsoBootLoader.HYBRID
        ? new BuildPlan.HybridIso(
            label(),
            uki(target, CommandLine.Use.ISO),
            systemdBoot(target.architecture()),
            resetEntry,
            kit)
        : new BuildPlan.GrubIso(
            label(),
            kernel(target.architecture()),
            initramfs(target.architecture()),
            commandLine(target, CommandLine.Use.ISO),
            resetEntry,
            kit);
  }

  /// The ways to boot it: as it is, and wiping what a machine's disk holds.
  private static List<UkiProfile> profiles(CommandLine.Use use) {
    return switch (use) {
      case ISO -> List.of(UkiProfile.MAIN, profile("reset", "Reset system disk", WIPE + "system"));
      case DISK_IMAGE, INSTALLER ->
          List.of(
              UkiProfile.MAIN,
              profile(
                  "reset-maintenance",
                  "Reset to maintenance mode",
                  WIPE + "system:EPHEMERAL,STATE"));
      case UKI, TEXT -> List.of(UkiProfile.MAIN);
    };
  }

  private static UkiProfile profile(String id, String title, String appended) {
    return new UkiProfile(id, Optional.of(title), Optional.of(appended));
  }

  private VolumeLabel label() {
    return Capability.ISO_LABEL.in(version()) ? VolumeLabel.of(version()) : VolumeLabel.UNNAMED;
  }

  private Input.ImageFile systemdBoot(Architecture architecture) {
    return installFile(architecture, "systemd-boot.efi");
  }

  private Input.ImageFile installFile(Architecture architecture, String file) {
    return new Input.ImageFile(
        "imager", release.imager(), "usr/install/" + architecture + "/" + file);
  }

  private TalosVersion version() {
    return release.version();
  }
}
