package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.asset.AttachmentAddress;
import imageservice.asset.AttachmentTag;
import imageservice.asset.SourceRepository;
import imageservice.release.CatalogueImages;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SourceImagePlannerTest {
  private static final Digest BASE = PlanRequests.digest("base");
  private static final Digest TALOSCTL = PlanRequests.digest("talosctl");
  private static final Digest EXTENSIONS = PlanRequests.digest("extensions");
  private static final Digest OVERLAYS = PlanRequests.digest("overlays");

  private final Planner planner = new Planner(PlanRequests.URL, false);

  @Test
  void eachImageIsPlannedByTheDigestThatTheReleaseHas() {
    Digest imager = PlanRequests.INDEX.find(PlanRequests.version("v1.9.5")).orElseThrow().imager();
    assertPlanned("imager", "v1.9.5", imager);
    assertPlanned("installer", "v1.9.5", BASE);
    assertPlanned("installer-base", "v1.13.2", BASE);
    assertPlanned("talosctl-all", "v1.13.2", TALOSCTL);
    assertPlanned("extensions", "v1.13.2", EXTENSIONS);
    assertPlanned("overlays", "v1.13.2", OVERLAYS);
  }

  private void assertPlanned(String name, String version, Digest digest) {
    assertThat(plan(name, version, document(version)))
        .isEqualTo(
            new PlanOutcome.Planned(
                new BuildPlan.SourceImage(new Input.SourceImage(name, digest))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "installer | v1.13.2 | installers of this release are made from installer-base",
        "installer-base | v1.9.5 | installers of this release are made from installer",
      })
  void whatNoDigestIsKnownOfIsRefused(String name, String version, String why) {
    assertThat(plan(name, version, document(version)))
        .isEqualTo(
            new PlanOutcome.Refused(
                PlanOutcome.Reason.NO_SUCH_VERSION,
                name + ":" + version + " is not passed on: " + why));
  }

  @Test
  void aDocumentThatIsMissingOrOldIsAskedFor() {
    TalosVersion version = PlanRequests.version("v1.13.2");
    PlanOutcome needed = new PlanOutcome.DocumentNeeded(version);
    assertThat(plan("installer-base", "v1.13.2", Optional.empty())).isEqualTo(needed);
    assertThat(plan("talosctl-all", "v1.13.2", Optional.empty())).isEqualTo(needed);
    ReleaseDocument old = PlanRequests.document("v1.13.2", new InstallerBase.NotRead());
    assertThat(plan("installer-base", "v1.13.2", Optional.of(old))).isEqualTo(needed);
    assertThat(plan("overlays", "v1.13.2", Optional.of(old))).isEqualTo(needed);
    assertThat(plan("extensions", "v1.13.2", Optional.empty())).isEqualTo(needed);
    assertThat(plan("imager", "v1.13.2", Optional.empty())).isInstanceOf(PlanOutcome.Planned.class);
  }

  @Test
  void aReleaseThatIsNotOfferedIsRefused() {
    assertThat(plan("imager", "v1.2.99", Optional.empty()))
        .isInstanceOfSatisfying(
            PlanOutcome.Refused.class,
            refused -> assertThat(refused.message()).isEqualTo("version 1.2.99 is not available"));
    assertThat(
            planner.plan(
                asset("imager", "v1.9.5"),
                new PlanContext(Optional.empty(), ReleaseIndex.EMPTY, Optional.empty())))
        .isEqualTo(Refusals.notIndexed());
  }

  @ParameterizedTest
  @EnumSource(SourceRepository.class)
  void eachHasAnAddressOfItsOwn(SourceRepository repository) {
    String text = "g1a2b3c4d/v2/siderolabs/" + repository + "/manifests/v1.9.5";
    AssetAddress address = AssetAddress.parse(text).orElseThrow();
    assertThat(address.asset())
        .isEqualTo(new Asset.SourceImage(repository, PlanRequests.version("v1.9.5")));
    assertThat(address).hasToString(text);
    AttachmentTag tag = new AttachmentTag(BASE, AttachmentTag.Kind.SIGNATURE);
    assertThat(AttachmentAddress.of(address, tag))
        .hasToString(text.replace("v1.9.5", tag.toString()));
  }

  private static Optional<ReleaseDocument> document(String version) {
    ReleaseDocument document = PlanRequests.document(version, new InstallerBase.Image(BASE));
    return Optional.of(
        new ReleaseDocument(
            document.version(),
            document.extensions(),
            document.overlays(),
            Optional.of(new Talosctl(TALOSCTL, List.of())),
            document.installerBase(),
            new CatalogueImages(Optional.of(EXTENSIONS), Optional.of(OVERLAYS))));
  }

  private PlanOutcome plan(String name, String version, Optional<ReleaseDocument> document) {
    return planner.plan(
        asset(name, version), new PlanContext(Optional.empty(), PlanRequests.INDEX, document));
  }

  private static Asset asset(String name, String version) {
    return new Asset.SourceImage(
        SourceRepository.parse(name).orElseThrow(), PlanRequests.version(version));
  }
}
