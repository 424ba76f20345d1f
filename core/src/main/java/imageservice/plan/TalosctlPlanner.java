package imageservice.plan;

import imageservice.asset.Asset;
import imageservice.asset.SourceRepository;
import imageservice.plan.PlanOutcome.DocumentNeeded;
import imageservice.plan.PlanOutcome.Planned;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.util.Optional;

/// Plans a talosctl binary: a file of the release's image `talosctl-all`.
final class TalosctlPlanner {
  private static final String IMAGE = SourceRepository.TALOSCTL_ALL.toString();

  private TalosctlPlanner() {}

  static PlanOutcome plan(Asset.Talosctl asset, PlanContext context) {
    TalosVersion version = asset.version();
    if (context.index().releases().isEmpty()) {
      return Refusals.notIndexed();
    }
    if (context.index().find(version).isEmpty()) {
      return noSuchVersion(version, context.index().onOffer(version));
    }
    if (!Capability.TALOSCTL_DOWNLOADS.in(version)) {
      return noSuchVersion(version, Optional.of("releases have talosctl from v1.11 on"));
    }
    return context
        .document()
        .map(document -> plan(asset, document.talosctl()))
        .orElseGet(() -> new DocumentNeeded(version));
  }

  /// Refuses a file name that the release's list of binaries lacks.
  private static PlanOutcome plan(Asset.Talosctl asset, Optional<Talosctl> offered) {
    if (offered.isEmpty()) {
      return noSuchVersion(asset.version(), Optional.of("this release has no talosctl"));
    }
    Talosctl talosctl = offered.get();
    return talosctl.files().contains(asset.fileName())
        ? new Planned(
            new BuildPlan.Talosctl(new Input.ImageFile(IMAGE, talosctl.image(), asset.fileName())))
        : new Refused(
            Reason.NO_SUCH_VERSION,
            "version %s has no file \"%s\"; see /talosctl/%s"
                .formatted(asset.version().number(), asset.fileName(), asset.version()));
  }

  static PlanOutcome noSuchVersion(TalosVersion version, Optional<String> advice) {
    return new Refused(
        Reason.NO_SUCH_VERSION, "version %s is not available".formatted(version.number()), advice);
  }
}
