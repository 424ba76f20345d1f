package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.AssetName;
import imageservice.asset.Target;
import imageservice.configuration.Bootloader;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Capability;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseIndex;
import java.util.List;
import java.util.Optional;

/// Decides what must be built for an asset: a pure function of the configuration, the release and
/// two settings.
public final class Planner {
  private final String externalUrl;
  private final boolean secureBoot;

  /// Takes the settings that plans depend on.
  ///
  /// @param externalUrl the address under which people reach the service; machines keep it to find
  ///   their upgrades
  /// @param secureBoot whether there are keys to sign with
  public Planner(String externalUrl, boolean secureBoot) {
    this.externalUrl = externalUrl;
    this.secureBoot = secureBoot;
  }

  public PlanOutcome plan(PlanRequest request, ReleaseIndex index) {
    Optional<Refused> refusal = Refusals.of(request, secureBoot);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return index
        .find(request.version())
        .map(release -> plan(request, release, index.grubKit()))
        .orElseGet(() -> noSuchVersion(request));
  }

  private static PlanOutcome noSuchVersion(PlanRequest request) {
    boolean asksCatalogue =
        !(request.name() instanceof AssetName.Kernel || request.name() instanceof AssetName.Cmdline)
            && !request.configuration().customization().officialExtensions().isEmpty();
    return new Refused(
        Reason.NO_SUCH_VERSION,
        "%sversion %s is not available"
            .formatted(
                asksCatalogue
                    ? Refusals.ENHANCING + "error getting official extensions: "
                    : "failed to get kernel: ",
                request.version().number()));
  }

  private PlanOutcome plan(PlanRequest request, Release release, Optional<Digest> grubKit) {
    Optional<Refused> refusal = Refusals.notBuiltYet(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (request.name()) {
      case AssetName.Kernel kernel ->
          planned(new BuildPlan.Kernel(kernel(release, kernel.architecture())));
      case AssetName.Cmdline cmdline ->
          planned(
              new BuildPlan.Cmdline(commandLine(request, cmdline.target(), CommandLine.Use.TEXT)));
      case AssetName.Initramfs initramfs ->
          planned(new BuildPlan.Initramfs(initramfs(request, release, initramfs.architecture())));
      case AssetName.Iso iso -> grubIso(request, release, iso.target(), grubKit);
      case AssetName.Uki uki -> Refusals.kindNotBuiltYet(uki);
      case AssetName.Installer installer -> Refusals.kindNotBuiltYet(installer);
      case AssetName.Disk disk -> Refusals.kindNotBuiltYet(disk);
    };
  }

  private PlanOutcome grubIso(
      PlanRequest request, Release release, Target target, Optional<Digest> grubKit) {
    if (grubKit.isEmpty()) {
      return new Refused(
          Reason.NOT_SET_UP,
          "an ISO needs the GRUB kit, which is not there: make it with grub-kit/make-grub-kit");
    }
    boolean labelled = Capability.ISO_LABEL.in(release.version());
    return planned(
        new BuildPlan.GrubIso(
            labelled ? VolumeLabel.of(release.version()) : VolumeLabel.UNNAMED,
            kernel(release, target.architecture()),
            initramfs(request, release, target.architecture()),
            commandLine(request, target, CommandLine.Use.ISO),
            Capability.GRUB_RESET_ENTRY.in(release.version()),
            new Input.GrubKit(grubKit.get())));
  }

  /// Whether the ISO of this request has GRUB for BIOS and UEFI alike.
  static boolean hasGrubForUefi(PlanRequest request, Target target) {
    boolean asked =
        Capability.ISO_BOOTLOADER_CHOICE.in(request.version())
            && request.configuration().customization().bootloader() == Bootloader.GRUB;
    return !target.secureBoot()
        && (asked || !Capability.SYSTEMD_BOOT_FOR_UEFI.in(request.version()));
  }

  private static String commandLine(PlanRequest request, Target target, CommandLine.Use use) {
    return CommandLine.of(target, request.version(), use, request.configuration().customization());
  }

  private static Input.ImageFile kernel(Release release, Architecture architecture) {
    return installFile(release, architecture, "vmlinuz");
  }

  private InitramfsContent initramfs(
      PlanRequest request, Release release, Architecture architecture) {
    return new InitramfsContent(
        installFile(release, architecture, "initramfs.xz"),
        Capability.ZSTD_ADD_ONS.in(release.version()) ? AddOnCompression.ZSTD : AddOnCompression.XZ,
        List.of(SchematicExtension.of(request, externalUrl)));
  }

  private static Input.ImageFile installFile(
      Release release, Architecture architecture, String file) {
    return new Input.ImageFile(
        "imager", release.imager(), "usr/install/" + architecture + "/" + file);
  }

  private static PlanOutcome planned(BuildPlan plan) {
    return new Planned(plan);
  }
}
