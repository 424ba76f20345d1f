package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.plan.cmdline.OpenCommandLine;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanExplanationTest {
  private static final String SECRET = "secret: c2VjcmV0";
  private static final String EVERYTHING =
      """
      customization:
        extraKernelArgs: [quiet]
        embeddedMachineConfiguration: "%s"
        systemExtensions: {officialExtensions: [siderolabs/gvisor]}
      """
          .formatted(SECRET);
  private static final Digest GVISOR = PlanRequests.digest("gvisor");
  private static final ReleaseDocument DOCUMENT =
      new ReleaseDocument(
          PlanRequests.version("v1.13.2"),
          Optional.of(
              List.of(new CatalogueExtension("siderolabs/gvisor", "x/gvisor:1", GVISOR, "", ""))),
          Optional.empty(),
          Optional.empty(),
          new InstallerBase.Absent());

  @Test
  void aUkiIsExplainedWithoutTheContentsOfItsFiles() throws Exception {
    BuildPlan plan = plan("metal-amd64-uki.efi", EVERYTHING);
    String imager = PlanRequests.digest("imager v1.13.2").value();
    String text = PlanExplanation.of(plan).toString();
    assertThat(text)
        .startsWith(
            "{\"assetKey\":\"" + AssetKey.of(plan) + "\",\"recipe\":\"" + Recipe.UKI + "\",")
        .containsPattern("\"commandLine\":\"talos.platform=metal [^\"]* quiet\",\"profiles\"")
        .contains("[{\"id\":\"main\"}]")
        .contains(
            "{\"repository\":\"imager\",\"digest\":\"%s\",\"path\":\"usr/install/amd64/systemd-stub.efi\"}"
                .formatted(imager))
        .contains(
            "{\"repository\":\"siderolabs/gvisor\",\"digest\":\"%s\",\"architecture\":\"amd64\"}"
                .formatted(GVISOR))
        .contains(
            "\"extensions\":[{\"name\":\"siderolabs/gvisor\",\"digest\":\"%s\"},".formatted(GVISOR))
        .contains("{\"name\":\"schematic\",", "{\"name\":\"embedded-config\",")
        .contains(Digest.of(SECRET.getBytes(StandardCharsets.UTF_8)).hex())
        .doesNotContain("c2VjcmV0", "officialExtensions");
  }

  @Test
  void whatHasNoCommandLineOrExtensionsSaysNothingOfThem() throws Exception {
    assertThat(PlanExplanation.of(plan("kernel-amd64", "{}")).toString())
        .contains("\"recipe\":\"kernel/1\",\"inputs\":[{\"repository\":\"imager\"")
        .doesNotContain("commandLine", "extensions", "profiles");
    assertThat(PlanExplanation.of(plan("cmdline-metal-amd64", "{}")).toString())
        .contains("\"commandLine\":\"talos.platform=metal ", "\"inputs\":[]")
        .doesNotContain("extensions");
    assertThat(PlanExplanation.of(plan("initramfs-arm64.xz", "{}")).toString())
        .contains("\"extensions\":[{\"name\":\"schematic\"")
        .doesNotContain("commandLine");
  }

  @Test
  void everyIsoNamesItsBootLoader() throws Exception {
    String kit = "{\"grubKit\":\"" + PlanRequests.digest("grub kit") + "\"}";
    String loader = "usr/install/amd64/systemd-boot.efi";
    assertThat(explained("customization: {bootloader: grub}"))
        .contains("\"recipe\":\"grub-iso/", kit)
        .doesNotContain(loader, "profiles");
    assertThat(explained("customization: {bootloader: sd-boot}"))
        .contains("\"recipe\":\"systemd-boot-iso/", loader, "talos.experimental.wipe=system")
        .doesNotContain(kit);
    assertThat(explained("customization: {bootloader: dual-boot}"))
        .contains("\"recipe\":\"hybrid-iso/", loader, kit, "\"commandLine\":\"");
  }

  @Test
  void aLineThatLacksAnOverlaysArgumentsIsNoWholeLine() throws Exception {
    BuildPlan.Uki uki = (BuildPlan.Uki) plan("metal-arm64-uki.efi", "{}");
    UkiContent known = uki.content();
    PlannedCommandLine asking =
        new PlannedCommandLine.WithOverlay(
            new OverlayProgram(
                new Input.ImageFile("sbc-new", GVISOR, "installers/new"), "password: hidden\n"),
            new OpenCommandLine("talos.platform=metal", "pti=on", List.of("quiet")));
    UkiContent content =
        new UkiContent(
            known.version(),
            known.stub(),
            known.kernel(),
            known.initramfs(),
            asking,
            known.profiles());
    assertThat(PlanExplanation.of(new BuildPlan.Uki(content)).toString())
        .contains("\"commandLineWithoutOverlay\":\"talos.platform=metal pti=on quiet\"")
        .contains("\"repository\":\"sbc-new\"")
        .doesNotContain("\"commandLine\"", "hidden");
  }

  @Test
  void talosctlIsAFileOfItsImage() {
    BuildPlan plan =
        new BuildPlan.Talosctl(new Input.ImageFile("talosctl-all", GVISOR, "talosctl-linux-amd64"));
    assertThat(PlanExplanation.of(plan))
        .hasToString(
            "{\"assetKey\":\"%s\",\"recipe\":\"talosctl/1\",\"inputs\":[{\"repository\":\"talosctl-all\",\"digest\":\"%s\",\"path\":\"talosctl-linux-amd64\"}]}"
                .formatted(AssetKey.of(plan), GVISOR));
  }

  private static String explained(String yaml) throws Exception {
    return PlanExplanation.of(plan("metal-amd64.iso", yaml)).toString();
  }

  private static BuildPlan plan(String asset, String yaml) throws InvalidConfigurationException {
    Configuration configuration =
        new ConfigurationDecoder(false).decode(yaml.getBytes(StandardCharsets.UTF_8));
    PlanOutcome outcome =
        PlanRequests.plan(
            new Planner(PlanRequests.URL, false),
            PlanRequests.of("v1.13.2", asset, configuration),
            PlanRequests.INDEX,
            Optional.of(DOCUMENT));
    return outcome instanceof PlanOutcome.Planned(BuildPlan plan, var ignored)
        ? plan
        : throwing(outcome.toString());
  }

  private static BuildPlan throwing(String outcome) {
    throw new IllegalArgumentException(outcome);
  }
}
