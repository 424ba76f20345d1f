package imageservice.plan;

import imageservice.asset.Asset;
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
      case EXTENSIONS, OVERLAYS, INSTALLER, INSTALLER_BASE, TALOSCTL_ALL ->
          documented(asset, context.document());
    };
  }

  private static PlanOutcome documented(
      Asset.SourceImage asset, Optional<ReleaseDocument> document) {
    if (document.isEmpty()) {
      return new DocumentNeeded(asset.version());
    }
    ReleaseDocument there = document.get();
    return switch (asset.repository()) {
      case TALOSCTL_ALL -> talosctl(asset, there.talosctl());
      case EXTENSIONS ->
          catalogue(asset, there.extensions().isPresent(), there.images().extensions());
      case OVERLAYS -> catalogue(asset, there.overlays().isPresent(), there.images().overlays());
      default -> base(asset, there.installerBase());
    };
  }

  /// @param isThere whether the release has the catalogue
  /// @param image that it was read out of, which documents of earlier versions do not tell
  private static PlanOutcome catalogue(
      Asset.SourceImage asset, boolean isThere, Optional<Digest> image) {
    if (image.isPresent()) {
      return planned(asset, image.get());
    }
    return isThere
        ? new DocumentNeeded(asset.version())
        : absent(asset, "the release does not have it");
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
