package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.plan.PlanOutcome.DocumentNeeded;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import java.util.Optional;

/// Decides what must be built for an asset: a pure function of the asset's name, what the tables
/// hold, and three settings.
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
  /// @param context of the asset's configuration and version; without a document, plans that need
  ///   none are made
  public PlanOutcome plan(Asset asset, PlanContext context) {
    return switch (asset) {
      case Asset.Talosctl talosctl -> TalosctlPlanner.plan(talosctl, context);
      case Asset.Configured configured ->
          context
              .configuration()
              .map(named -> new PlanRequest(named, configured.version(), configured.name()))
              .map(request -> plan(request, context))
              .orElseGet(() -> Refusals.noSuchConfiguration(configured.id().hex()));
    };
  }

  private PlanOutcome plan(PlanRequest request, PlanContext context) {
    Optional<Refused> refusal = Refusals.of(request, secureBoot);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<Release> release = context.index().find(request.version());
    if (release.isEmpty()) {
      return Refusals.noSuchVersion(request);
    }
    if (!CatalogueChoice.isNeeded(request)) {
      return plan(request, release.get(), CatalogueChoice.NOTHING, context);
    }
    Optional<ReleaseDocument> document = context.document();
    if (document.isEmpty()) {
      return new DocumentNeeded(request.version());
    }
    return switch (CatalogueChoice.of(request, document.get(), asksOverlays)) {
      case CatalogueChoice.Absent absent -> absent.refused();
      case CatalogueChoice.Chosen chosen -> plan(request, release.get(), chosen.choice(), context);
    };
  }

  private PlanOutcome plan(
      PlanRequest request, Release release, CatalogueChoice choice, PlanContext context) {
    PlanParts parts =
        new PlanParts(request, release, choice, context.index().grubKit(), externalUrl);
    return switch (request.name()) {
      case AssetName.Kernel kernel -> KernelPlanner.plan(kernel, parts);
      case AssetName.Cmdline cmdline -> CmdlinePlanner.plan(cmdline, parts);
      case AssetName.Initramfs initramfs -> InitramfsPlanner.plan(initramfs, parts);
      case AssetName.Uki uki -> UkiPlanner.plan(uki, parts);
      case AssetName.Iso iso -> IsoPlanner.plan(iso, parts);
      case AssetName.Installer installer -> Refusals.notBuiltYet(installer);
      case AssetName.Disk disk -> Refusals.notBuiltYet(disk);
    };
  }
}
