package imageservice.functions.asset;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.configuration.StoredConfiguration;
import imageservice.functions.http.Problem;
import imageservice.ledger.ReleaseLedger;
import imageservice.plan.BuildPlan;
import imageservice.plan.Input;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlanRequest;
import imageservice.plan.Planner;
import imageservice.release.Capability;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.util.Optional;

/// Plans assets from what the tables hold at the moment.
public final class Planning {
  private static final String TALOSCTL_IMAGE = "talosctl-all";

  private final Planner planner;
  private final ConfigurationStore configurations;
  private final ReleaseLedger releases;

  public Planning(Planner planner, ConfigurationStore configurations, ReleaseLedger releases) {
    this.planner = planner;
    this.configurations = configurations;
    this.releases = releases;
  }

  /// The plan, or why there is none; nothing where nobody knows the configuration.
  public Optional<PlanOutcome> plan(Asset asset) throws IOException {
    return switch (asset) {
      case Asset.Medium medium -> plan(medium);
      case Asset.Talosctl talosctl -> Optional.of(plan(talosctl));
    };
  }

  /// Whether there is a configuration of this id.
  public boolean knows(ConfigurationId id) throws IOException {
    return configurations.find(id).isPresent();
  }

  /// What is said to whoever asked for something that there is no plan for.
  public static Problem problem(PlanOutcome.Refused refused) {
    return switch (refused.reason()) {
      case UNSUPPORTED -> Problem.of(400, refused.message());
      case NO_SUCH_VERSION -> Problem.notFound(refused.message());
      case NOT_BUILT_YET -> Problem.of(501, refused.message());
      case NOT_SET_UP -> Problem.of(503, refused.message());
    };
  }

  private Optional<PlanOutcome> plan(Asset.Medium medium) throws IOException {
    Optional<StoredConfiguration> stored = configurations.find(medium.id());
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    PlanRequest request =
        new PlanRequest(
            medium.id(),
            stored.get().text(),
            configurations.read(stored.get()),
            medium.version(),
            medium.name());
    return Optional.of(planner.plan(request, releases.read(), releases.document(medium.version())));
  }

  private PlanOutcome plan(Asset.Talosctl asset) throws IOException {
    TalosVersion version = asset.version();
    if (releases.read().find(version).isEmpty() || !Capability.TALOSCTL_DOWNLOADS.in(version)) {
      return absent("version %s is not available".formatted(version.number()));
    }
    Optional<ReleaseDocument> document = releases.document(version);
    return document
        .map(found -> plan(asset, found.talosctl()))
        .orElseGet(() -> new PlanOutcome.DocumentNeeded(version));
  }

  /// Names that the release has not are none, whatever they spell.
  private static PlanOutcome plan(Asset.Talosctl asset, Optional<Talosctl> offered) {
    if (offered.isEmpty()) {
      return absent("version %s is not available".formatted(asset.version().number()));
    }
    Talosctl talosctl = offered.get();
    return talosctl.files().contains(asset.file())
        ? new PlanOutcome.Planned(
            new BuildPlan.Talosctl(
                new Input.ImageFile(TALOSCTL_IMAGE, talosctl.image(), asset.file())))
        : absent(
            "version %s has no file \"%s\"; see /talosctl/%s"
                .formatted(asset.version().number(), asset.file(), asset.version()));
  }

  private static PlanOutcome absent(String message) {
    return new PlanOutcome.Refused(PlanOutcome.Reason.NO_SUCH_VERSION, message);
  }
}
