package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.SourceRepository;
import imageservice.plan.PlanOutcome.DocumentNeeded;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.Release;
import imageservice.release.ReleaseDocument;
import imageservice.release.Talosctl;
import java.util.Optional;

/// Plans an image of the source by the digest that the release or its document has.
final class SourceImagePlanner {
  private SourceImagePlanner() {}

  static PlanOutcome plan(Asset.SourceImage asset, PlanContext context) {
    if (context.index().releases().isEmpty()) {
      return Refusals.notIndexed();
    }
    Optional<Release> release = context.index().find(asset.version());
    if (release.isEmpty()) {
      return TalosctlPlanner.noSuchVersion(
          asset.version(), context.index().onOffer(asset.version()));
    }
    return switch (asset.repository()) {
      case IMAGER -> planned(asset, release.get().imager());
      case EXTENSIONS, OVERLAYS -> absent(asset, "the release's document does not have its digest");
      case INSTALLER, INSTALLER_BASE, TALOSCTL_ALL -> documented(asset, context.document());
    };
  }

  private static PlanOutcome documented(
      Asset.SourceImage asset, Optional<ReleaseDocument> document) {
    if (document.isEmpty()) {
      return new DocumentNeeded(asset.version());
    }
    return asset.repository() == SourceRepository.TALOSCTL_ALL
        ? talosctl(asset, document.get().talosctl())
        : base(asset, document.get().installerBase());
  }

  private static PlanOutcome talosctl(Asset.SourceImage asset, Optional<Talosctl> talosctl) {
    return talosctl
        .map(there -> planned(asset, there.image()))
        .orElseGet(() -> absent(asset, "the release does not have it"));
  }

  /// A release's document has the one of both that its installers are made from.
  private static PlanOutcome base(Asset.SourceImage asset, InstallerBase base) {
    String known = InstallerBase.repository(asset.version());
    if (!known.equals(asset.repository().toString())) {
      return absent(asset, "installers of this release are made from " + known);
    }
    return switch (base) {
      case InstallerBase.Image(Digest digest) -> planned(asset, digest);
      case InstallerBase.Absent ignored -> absent(asset, "the source does not have it");
      case InstallerBase.NotRead ignored -> new DocumentNeeded(asset.version());
    };
  }

  private static PlanOutcome planned(Asset.SourceImage asset, Digest digest) {
    return new Planned(
        new BuildPlan.SourceImage(new Input.SourceImage(asset.repository().toString(), digest)));
  }

  private static PlanOutcome absent(Asset.SourceImage asset, String why) {
    return new PlanOutcome.Refused(
        PlanOutcome.Reason.NO_SUCH_VERSION,
        "%s:%s is not passed on: %s".formatted(asset.repository(), asset.version(), why));
  }
}
