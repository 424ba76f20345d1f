package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.configuration.ConfigurationId;
import imageservice.plan.PlanOutcome.DocumentNeeded;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;

/// Plans assets: a pure function of the asset, its context and four settings.
public final class Planner {
  /// Of assets where the service has no key for them.
  public static final Refused NOT_SIGNED =
      new Refused(
          PlanOutcome.Reason.NO_SUCH_VERSION,
          "this service signs no assets: its operator has set no signing key");

  private final String externalUrl;
  private final Optional<BootKeys> bootKeys;
  private final boolean runsOverlayPrograms;
  private final Optional<SigningKey> signingKey;

  /// Plans without keys.
  public Planner(String externalUrl, boolean runsOverlayPrograms) {
    this(externalUrl, Optional.empty(), runsOverlayPrograms, Optional.empty());
  }

  /// @param externalUrl the URL under which people reach the service, with a final slash; machines
  ///   keep it to find their upgrades
  /// @param bootKeys that sign assets for secure boot; absent where there are no such assets
  /// @param runsOverlayPrograms whether the builder may run an overlay's own program where the
  ///   table `OverlayArguments` lacks the overlay
  /// @param signingKey by which people verify installer images; absent where none are signed
  public Planner(
      String externalUrl,
      Optional<BootKeys> bootKeys,
      boolean runsOverlayPrograms,
      Optional<SigningKey> signingKey) {
    this.externalUrl = externalUrl;
    this.bootKeys = bootKeys;
    this.runsOverlayPrograms = runsOverlayPrograms;
    this.signingKey = signingKey;
  }

  /// Plans an asset.
  ///
  /// @param context of the asset's configuration and version; its document may be empty, where the
  ///   plan does not need the catalogues
  public PlanOutcome plan(Asset asset, PlanContext context) {
    return switch (asset) {
      case Asset.Talosctl talosctl -> TalosctlPlanner.plan(talosctl, context);
      case Asset.SourceImage source -> SourceImagePlanner.plan(source, context);
      case Asset.Configured configured ->
          plan(configured.id(), configured.version(), configured.name(), context);
      case Asset.Attestation attestation -> attested(attestation, context);
      case Asset.InstallerImage image ->
          InstallerPlanner.plan(
              image,
              signingKey.map(key -> new Signing(key.id(), host() + "/" + image.repository())),
              archive -> plan(image.id(), image.version(), archive, context));
    };
  }

  private PlanOutcome attested(Asset.Attestation asset, PlanContext context) {
    if (signingKey.isEmpty()) {
      return NOT_SIGNED;
    }
    return plan(asset.of(), context) instanceof PlanOutcome.Planned planned
        ? new PlanOutcome.Planned(
            new BuildPlan.Attestation(
                Provenance.statement(asset.of(), asset.digest(), planned.plan(), externalUrl)
                    .toString(),
                signingKey.get().id()))
        : plan(asset.of(), context);
  }

  /// Clients of registries take no path in front of a repository.
  private String host() {
    return externalUrl.replaceFirst("^https?://", "").replaceFirst("/.*", "");
  }

  private PlanOutcome plan(
      ConfigurationId id, TalosVersion version, AssetName name, PlanContext context) {
    return context
        .configuration()
        .map(named -> new PlanRequest(named, version, name))
        .map(request -> warned(plan(request, context), request, context))
        .orElseGet(() -> Refusals.noSuchConfiguration(id.hex()));
  }

  private PlanOutcome warned(PlanOutcome outcome, PlanRequest request, PlanContext context) {
    return outcome instanceof PlanOutcome.Planned(BuildPlan plan, List<String> ignored)
        ? new PlanOutcome.Planned(plan, Warnings.of(request, context.document(), bootKeys))
        : outcome;
  }

  private PlanOutcome plan(PlanRequest request, PlanContext context) {
    Optional<Refused> refusal = Refusals.of(request, bootKeys.isPresent());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (context.index().releases().isEmpty()) {
      return Refusals.notIndexed();
    }
    Optional<Release> release = context.index().find(request.version());
    if (release.isEmpty()) {
      return Refusals.noSuchVersion(request, context.index());
    }
    if (!CatalogueChoice.isNeeded(request)) {
      return plan(request, release.get(), CatalogueChoice.EMPTY, context);
    }
    Optional<ReleaseDocument> document =
        context.document().filter(written -> CatalogueChoice.isIn(written, request));
    if (document.isEmpty()) {
      return new DocumentNeeded(request.version());
    }
    return switch (CatalogueChoice.of(request, document.get(), runsOverlayPrograms)) {
      case CatalogueChoice.Absent absent -> absent.refused();
      case CatalogueChoice.Chosen chosen -> plan(request, release.get(), chosen.choice(), context);
    };
  }

  private PlanOutcome plan(
      PlanRequest request, Release release, CatalogueChoice choice, PlanContext context) {
    PlanParts parts =
        new PlanParts(request, release, choice, context.index().grubKit(), externalUrl, bootKeys);
    return switch (request.name()) {
      case AssetName.Kernel kernel -> KernelPlanner.plan(kernel, parts);
      case AssetName.Cmdline cmdline -> CmdlinePlanner.plan(cmdline, parts);
      case AssetName.Initramfs initramfs -> InitramfsPlanner.plan(initramfs, parts);
      case AssetName.Uki uki -> UkiPlanner.plan(uki, parts);
      case AssetName.Iso iso -> IsoPlanner.plan(iso, parts);
      case AssetName.Installer installer -> InstallerPlanner.plan(installer, parts);
      case AssetName.Disk disk -> DiskPlanner.plan(disk, parts);
    };
  }
}
