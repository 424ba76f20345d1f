package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.Target;
import imageservice.configuration.CanonicalText;
import imageservice.configuration.Customization;
import imageservice.configuration.Overlay;
import imageservice.configuration.SecureBootOptions;
import imageservice.plan.cmdline.CommandLine;
import imageservice.plan.firmware.BoardFirmware;
import imageservice.plan.firmware.OverlayFirmware;
import imageservice.release.Capability;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.Release;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the parts of the plan for one request.
final class PlanParts {
  private static final String IMAGER = "imager";

  /// What installers read as no options: a mapping, though an empty one.
  private static final String NO_OPTIONS = "{}\n";

  private final PlanRequest request;
  private final Release release;
  private final CatalogueChoice choice;
  private final Optional<Digest> grubKit;
  private final String externalUrl;
  private final Optional<BootKeys> bootKeys;

  PlanParts(
      PlanRequest request,
      Release release,
      CatalogueChoice choice,
      Optional<Digest> grubKit,
      String externalUrl,
      Optional<BootKeys> bootKeys) {
    this.request = request;
    this.release = release;
    this.choice = choice;
    this.grubKit = grubKit;
    this.externalUrl = externalUrl;
    this.bootKeys = bootKeys;
  }

  TalosVersion version() {
    return release.version();
  }

  Customization customization() {
    return request.customization();
  }

  /// Digest of the GRUB kit; empty where the operator has not set one up.
  Optional<Digest> grubKit() {
    return grubKit;
  }

  /// Whether the configuration has an overlay.
  boolean hasOverlay() {
    return !request.configuration().overlay().isNone();
  }

  /// What a disk needs for the target's board, or for the overlay's.
  Firmware firmware(Target target) {
    if (target.board().isPresent()) {
      return Firmware.of(
          BoardFirmware.of(target.board().get()), IMAGER, release.imager(), BoardFirmware.INSTALL);
    }
    return switch (choice.overlay()) {
      case CatalogueChoice.NoOverlay ignored -> Firmware.NONE;
      case CatalogueChoice.KnownOverlay known ->
          Firmware.of(
              OverlayFirmware.of(request.configuration().overlay()).orElseThrow(),
              known.repository(),
              known.image(),
              OverlayFirmware.ARTIFACTS + "/arm64/");
      case CatalogueChoice.ForeignOverlay(OverlayProgram program) ->
          new Firmware.ByProgram(
              program,
              new Input.ImageFolder(
                  program.file().repository(), program.file().image(), OverlayFirmware.ARTIFACTS));
    };
  }

  Input.ImageFile kernel(Architecture architecture) {
    return installFile(architecture, "vmlinuz");
  }

  /// The command line of a bootable asset, with the overlay's arguments.
  PlannedCommandLine commandLine(Target target, CommandLine.Use use) {
    return switch (choice.overlay()) {
      case CatalogueChoice.NoOverlay ignored ->
          new PlannedCommandLine.Settled(
              CommandLine.of(target, version(), use, customization(), ""));
      case CatalogueChoice.KnownOverlay known ->
          new PlannedCommandLine.Settled(
              CommandLine.of(target, version(), use, customization(), known.arguments()));
      case CatalogueChoice.ForeignOverlay foreign ->
          new PlannedCommandLine.WithOverlay(
              foreign.program(), CommandLine.open(target, version(), use, customization()));
    };
  }

  InitramfsContent initramfs(Architecture architecture) {
    List<Extension> extensions = new ArrayList<>(choice.extensions());
    extensions.add(SchematicExtension.of(request, externalUrl));
    String embedded = customization().embeddedMachineConfiguration();
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

  /// The UKI that an asset of this use is or carries.
  UkiContent uki(Target target, CommandLine.Use use) {
    return new UkiContent(
        version(),
        installFile(target.architecture(), "systemd-stub.efi"),
        kernel(target.architecture()),
        initramfs(target.architecture()),
        commandLine(target, use),
        Capability.UKI_PROFILES.in(version()) ? profiles(use) : List.of(),
        bootKeys.filter(ignored -> target.secureBoot()).map(BootKeys::ids));
  }

  /// The UKI's profiles: the main one, and one that wipes the machine's disk where the reference
  /// has it.
  private static List<UkiProfile> profiles(CommandLine.Use use) {
    return switch (use) {
      case ISO -> List.of(UkiProfile.MAIN, profile("reset", "Reset system disk", MenuReset.ISO));
      case DISK_IMAGE, INSTALLER ->
          List.of(
              UkiProfile.MAIN,
              profile("reset-maintenance", "Reset to maintenance mode", MenuReset.DISK_IMAGE));
      case UKI, TEXT -> List.of(UkiProfile.MAIN);
    };
  }

  private static UkiProfile profile(String id, String title, MenuReset reset) {
    return new UkiProfile(id, Optional.of(title), Optional.of(reset.appended()));
  }

  /// systemd-boot with the UKI that an asset of this use carries.
  Boot.SystemdBoot systemdBoot(Target target, CommandLine.Use use) {
    return new Boot.SystemdBoot(
        uki(target, use),
        installFile(target.architecture(), "systemd-boot.efi"),
        bootKeys.filter(ignored -> target.secureBoot()).flatMap(keys -> enrolment(keys, use)));
  }

  /// Installers enrol nothing: the machine has booted a medium before.
  private Optional<Enrolment> enrolment(BootKeys keys, CommandLine.Use use) {
    SecureBootOptions options = customization().secureBoot();
    return switch (use) {
      case ISO, DISK_IMAGE ->
          Enrolment.Mode.parse(options.enrollKeys())
              .map(mode ->
                  new Enrolment(
                      mode, options.includeWellKnownCertificates() && keys.given().isEmpty()));
      case INSTALLER, UKI, TEXT -> Optional.empty();
    };
  }

  /// The image that installers are made from, which the choice of an installer has.
  Input.BaseImage installerBase(Architecture architecture) {
    return new Input.BaseImage(
        InstallerBase.repository(version()), choice.installerBase().orElseThrow(), architecture);
  }

  /// The overlay that an installer carries to a machine.
  Optional<InstallerContent.CarriedOverlay> carriedOverlay(Architecture architecture) {
    return switch (choice.overlay()) {
      case CatalogueChoice.NoOverlay ignored -> Optional.empty();
      case CatalogueChoice.KnownOverlay known ->
          Optional.of(carried(known.repository(), known.image(), architecture));
      case CatalogueChoice.ForeignOverlay(OverlayProgram program) ->
          Optional.of(carried(program.file().repository(), program.file().image(), architecture));
    };
  }

  private InstallerContent.CarriedOverlay carried(
      String repository, Digest image, Architecture architecture) {
    Overlay overlay = request.configuration().overlay();
    return new InstallerContent.CarriedOverlay(
        new Input.OverlayImage(overlay.name(), repository, image, architecture),
        overlay.options().entries().isEmpty()
            ? NO_OPTIONS
            : CanonicalText.write(overlay.options()));
  }

  /// A file of the release's `imager` image, from `usr/install/<arch>/`.
  Input.ImageFile installFile(Architecture architecture, String file) {
    return new Input.ImageFile(
        IMAGER, release.imager(), "usr/install/" + architecture + "/" + file);
  }
}
