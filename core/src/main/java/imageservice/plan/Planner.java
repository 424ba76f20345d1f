package imageservice.plan;

import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.DocumentNeeded;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Digest;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import java.util.Optional;

/// Decides what must be built for an asset: a pure function of the configuration, the release and
/// three settings.
public final class Planner {
  private final String externalUrl;
  private final boolean secureBoot;
  private final boolean asksOverlays;

  /// Takes the settings that plans depend on.
  ///
  /// @param externalUrl the address under which people reach the service; machines keep it to find
  ///   their upgrades
  /// @param secureBoot whether there are keys to sign with
  /// @param asksOverlays whether the builder may run the programs of overlays that are not known
  ///   here
  public Planner(String externalUrl, boolean secureBoot, boolean asksOverlays) {
    this.externalUrl = externalUrl;
    this.secureBoot = secureBoot;
    this.asksOverlays = asksOverlays;
  }

  /// The plan, or why there is none, or that it takes the release's document.
  ///
  /// @param document of the requested version; without one, plans that need none are made
  public PlanOutcome plan(
      PlanRequest request, ReleaseIndex index, Optional<ReleaseDocument> document) {
    Optional<Refused> refusal = Refusals.of(request, secureBoot);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<Release> release = index.find(request.version());
    if (release.isEmpty()) {
      return noSuchVersion(request);
    }
    if (!CatalogueChoice.isNeeded(request)) {
      return plan(request, release.get(), CatalogueChoice.NOTHING, index.grubKit());
    }
    if (document.isEmpty()) {
      return new DocumentNeeded(request.version());
    }
    return switch (CatalogueChoice.of(request, document.get(), asksOverlays)) {
      case CatalogueChoice.Absent absent -> absent.refused();
      case CatalogueChoice.Chosen chosen ->
          plan(request, release.get(), chosen.choice(), index.grubKit());
    };
  }

  private static PlanOutcome noSuchVersion(PlanRequest request) {
    boolean asksCatalogue =
        Refusals.takesExtensions(request.name())
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

  private PlanOutcome plan(
      PlanRequest request, Release release, CatalogueChoice choice, Optional<Digest> grubKit) {
    MediaPlans media = new MediaPlans(request, release, choice, externalUrl);
    return switch (request.name()) {
      case AssetName.Kernel kernel ->
          new Planned(new BuildPlan.Kernel(media.kernel(kernel.architecture())));
      case AssetName.Cmdline cmdline ->
          new Planned(new BuildPlan.Cmdline(media.commandLine(cmdline.target())));
      case AssetName.Initramfs initramfs ->
          new Planned(new BuildPlan.Initramfs(media.initramfs(initramfs.architecture())));
      case AssetName.Iso iso -> iso(media, request, iso, grubKit);
      case AssetName.Uki uki ->
          uki.target().secureBoot()
              ? Refusals.notBuiltYet(uki)
              : new Planned(new BuildPlan.Uki(media.uki(uki.target(), CommandLine.Use.UKI)));
      case AssetName.Installer installer -> Refusals.notBuiltYet(installer);
      case AssetName.Disk disk -> Refusals.notBuiltYet(disk);
    };
  }

  private static PlanOutcome iso(
      MediaPlans media, PlanRequest request, AssetName.Iso iso, Optional<Digest> grubKit) {
    if (iso.target().secureBoot()) {
      return Refusals.notBuiltYet(iso);
    }
    IsoBootLoader loader = IsoBootLoader.of(request, iso.target());
    if (loader == IsoBootLoader.SYSTEMD_BOOT) {
      return new Planned(media.systemdBootIso(iso.target()));
    }
    return grubKit
        .map(Input.GrubKit::new)
        .<PlanOutcome>map(kit -> new Planned(media.grubIso(iso.target(), loader, kit)))
        .orElseGet(Planner::noGrubKit);
  }

  private static PlanOutcome noGrubKit() {
    return new Refused(
        Reason.NOT_SET_UP,
        "an ISO needs the GRUB kit, which is not there: make it with grub-kit/make-grub-kit");
  }
}
