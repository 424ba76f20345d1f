package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.asset.Asset;
import imageservice.asset.Platform;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstallerPlannerTest {
  private static final InstallerBase BASE = new InstallerBase.Image(PlanRequests.digest("base"));
  private static final String FOREIGN = "overlay: {image: siderolabs/sbc-x, name: mini-board}";

  private final Planner planner = new Planner(PlanRequests.URL, false);

  @Test
  void anImageHasTheArchivesContentsOfBothArchitectures() throws Exception {
    for (String version : List.of("v1.9.5", "v1.13.2")) {
      BuildPlan.InstallerImage image =
          (BuildPlan.InstallerImage) planned(image(version, Platform.AWS, "{}", BASE)).plan();
      assertThat(image.contents())
          .extracting(InstallerContent::architecture)
          .containsExactly(Architecture.AMD64, Architecture.ARM64);
      assertThat(image.contents().getLast())
          .isEqualTo(archive(version, "aws-installer-arm64.tar", "{}").content());
    }
  }

  @Test
  void aDocumentThatDoesNotTellTheBaseIsRenewed() throws Exception {
    assertThat(image("v1.9.5", Platform.METAL, "{}", new InstallerBase.NotRead()))
        .isEqualTo(new PlanOutcome.DocumentNeeded(PlanRequests.version("v1.9.5")));
    assertThat(
            plan("v1.9.5", "metal-arm64.iso", overlay("rpi_generic"), new InstallerBase.NotRead()))
        .as("what needs catalogues alone goes on")
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  /// The machine's program tells the arguments of the overlay there.
  @Test
  void anOverlayOutsideOfTheTableIsCarriedWhereTheMachineWritesTheCommandLine() throws Exception {
    InstallerContent content = archive("v1.9.5", "installer-arm64.tar", FOREIGN).content();
    assertThat(content.overlay().orElseThrow().image().program())
        .isEqualTo("installers/mini-board");
    assertThat(content.commandLine()).isEmpty();
    assertThat(plan("v1.10.7", "installer-arm64.tar", FOREIGN, BASE))
        .isInstanceOf(PlanOutcome.Refused.class);
  }

  @Test
  void optionsOfAnOverlayWithoutAnyAreAnEmptyMapping() throws Exception {
    InstallerContent content =
        archive("v1.13.2", "installer-arm64.tar", overlay("rpi_generic")).content();
    assertThat(content.overlay().orElseThrow().options()).isEqualTo("{}\n");
    assertThat(content.commandLine().orElseThrow().planned())
        .contains("talos.dashboard.disabled=1");
  }

  @Test
  void boardsDoNotMatterToInstallers() throws Exception {
    assertThat(archive("v1.6.8", "metal-rpi_generic-installer-arm64.tar", "{}"))
        .isEqualTo(archive("v1.6.8", "installer-arm64.tar", "{}"));
  }

  @Test
  void anImageIsExplainedForEachArchitecture() throws Exception {
    PlanOutcome.Planned planned = planned(image("v1.13.2", Platform.METAL, "{}", BASE));
    assertThat(PlanExplanation.of(planned.plan()).toString())
        .containsPattern(
            "\"images\":\\[\\{\"architecture\":\"amd64\",\"commandLine\":\"[^\"]*tty0[^\"]*\",\"profiles\"")
        .containsPattern("\"architecture\":\"arm64\",\"commandLine\":\"[^\"]*ttyAMA0")
        .contains(
            "{\"repository\":\"installer-base\",\"digest\":\"%s\",\"architecture\":\"arm64\"}"
                .formatted(PlanRequests.digest("base")));
  }

  @Test
  void anImageIsPlannedWithTheKeyThatSignsIt() throws Exception {
    SigningKey key =
        SigningKey.parse("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
    PlanOutcome unsigned = image("v1.9.5", Platform.METAL, "{}", BASE);
    Planner signing =
        new Planner("https://factory.example:8443/x/", Optional.empty(), false, Optional.of(key));
    PlanRequest request = PlanRequests.of("v1.9.5", "installer-amd64.tar", configuration("{}"));
    BuildPlan.InstallerImage image =
        (BuildPlan.InstallerImage)
            planned(image(signing, "v1.9.5", Platform.METAL, "{}", BASE)).plan();
    assertThat(image.signing())
        .contains(
            new Signing(
                key.id(), "factory.example:8443/metal-installer/" + request.named().id().hex()));
    assertThat(((BuildPlan.InstallerImage) planned(unsigned).plan()).signing()).isEmpty();
    assertThat(BuildPlanJson.write(planned(unsigned).plan()))
        .as("plans stay what they were where nothing is signed")
        .doesNotContain("signing");
  }

  private static String overlay(String name) {
    return FOREIGN.replace("mini-board", name);
  }

  private BuildPlan.InstallerArchive archive(String version, String asset, String document)
      throws Exception {
    return (BuildPlan.InstallerArchive) planned(plan(version, asset, document, BASE)).plan();
  }

  private static PlanOutcome.Planned planned(PlanOutcome outcome) {
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    return (PlanOutcome.Planned) outcome;
  }

  private PlanOutcome plan(String version, String asset, String document, InstallerBase base)
      throws Exception {
    PlanRequest request = PlanRequests.of(version, asset, configuration(document));
    return PlanRequests.plan(planner, request, PlanRequests.INDEX, Optional.of(of(version, base)));
  }

  private PlanOutcome image(String version, Platform platform, String document, InstallerBase base)
      throws Exception {
    return image(planner, version, platform, document, base);
  }

  private static PlanOutcome image(
      Planner by, String version, Platform platform, String document, InstallerBase base)
      throws Exception {
    PlanRequest request = PlanRequests.of(version, "installer-amd64.tar", configuration(document));
    return by.plan(
        new Asset.InstallerImage(request.named().id(), request.version(), platform, false),
        new PlanContext(
            Optional.of(request.named()), PlanRequests.INDEX, Optional.of(of(version, base))));
  }

  private static ReleaseDocument of(String version, InstallerBase base) {
    return PlanRequests.document(version, base);
  }

  private static Configuration configuration(String document) throws Exception {
    return new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
  }
}
