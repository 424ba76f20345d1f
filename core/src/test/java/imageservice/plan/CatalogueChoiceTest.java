package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of the names in a configuration.
final class CatalogueChoiceTest {
  private static final String ENHANCING = "error enhancing profile from schematic: ";
  private static final String LINE =
      "talos.platform=metal console=tty0 console=ttyAMA0,115200"
          + " sysctl.kernel.kexec_load_disabled=1 talos.dashboard.disabled=1 init_on_alloc=1"
          + " slab_nomerge pti=on consoleblank=0 nvme_core.io_timeout=4294967295"
          + " printk.devkmsg=on selinux=1 module.sig_enforce=1";
  private static final String LISTED =
      "; GET /version/v1.12.6/extensions/official lists what there is";
  private static final ReleaseDocument DOCUMENT =
      document(
          Optional.of(
              Stream.of(
                      "siderolabs/gvisor",
                      "siderolabs/gvisor-debug",
                      "siderolabs/i915",
                      "siderolabs/amd-ucode",
                      "siderolabs/v4l-uvc",
                      "siderolabs/v4l-uvc-drivers")
                  .map(CatalogueChoiceTest::extension)
                  .toList()),
          Optional.of(
              Stream.of("rpi_generic", "rock64", "mini-board")
                  .map(CatalogueChoiceTest::overlay)
                  .toList()));
  private static final ReleaseDocument BARE = document(Optional.empty(), Optional.empty());

  private final Planner planner = new Planner(PlanRequests.URL, false);

  @Test
  void extensionsComeInTheOrderThatWasAskedForThenTheServicesOwn() {
    assertThat(extensions("siderolabs/i915", "siderolabs/amd-ucode", "siderolabs/i915"))
        .containsExactly("siderolabs/i915", "siderolabs/amd-ucode", "siderolabs/i915", "schematic");
  }

  /// `i915-ucode` was renamed; `v4l-uvc` was too, but this release has it still.
  @Test
  void renamedExtensionsAreFoundWhereTheOldNameIsGone() {
    assertThat(extensions("siderolabs/i915-ucode", "siderolabs/v4l-uvc"))
        .containsExactly("siderolabs/i915", "siderolabs/v4l-uvc", "schematic");
  }

  @ParameterizedTest
  @CsvSource({
    "siderolabs/gvizor, ' (close names: siderolabs/gvisor)'",
    "gvisor, ' (close names: siderolabs/gvisor, siderolabs/gvisor-debug)'",
    "siderolabs/ucode, ' (close names: siderolabs/amd-ucode)'",
    "siderolabs/gvisor:20250101.0, ' (write siderolabs/gvisor, without registry, tag and digest)'",
    "ghcr.io/siderolabs/i915@sha256:0a, ' (write siderolabs/i915, without registry, tag and digest)'",
    "localhost:5000/siderolabs/gvizor:1, ' (close names: siderolabs/gvisor)'",
    "siderolabs/gvisor:1:2, ' (write siderolabs/gvisor, without registry, tag and digest)'",
    "siderolabs/tailscale, ''",
    "'', ''"
  })
  void anExtensionThatIsNotThereIsNamedWithCloseOnes(String name, String close) {
    assertThat(plan("initramfs-amd64.xz", extensionsOf(name), DOCUMENT))
        .isEqualTo(
            refused(
                "official extension \"%s\" is not available for Talos version v1.12.6%s%s"
                    .formatted(name, close, LISTED)));
  }

  @Test
  void allAbsentExtensionsAreNamedOnce() {
    assertThat(
            plan(
                "metal-amd64.iso",
                extensionsOf(
                    "siderolabs/gvisor", "siderolabs/zzzz", "siderolabs/i916", "siderolabs/zzzz"),
                DOCUMENT))
        .isEqualTo(
            refused(
                "official extension \"siderolabs/zzzz\" is not available for Talos version v1.12.6;"
                    + " nor \"siderolabs/i916\" (close names: siderolabs/i915)"
                    + LISTED));
  }

  @Test
  void ofManyAbsentExtensionsAFewAreNamed() {
    String[] names =
        IntStream.range(0, 5_000).mapToObj(i -> "x".repeat(60) + i).toArray(String[]::new);
    String cut = "; nor \"" + "x".repeat(60) + "…\"";
    assertThat(plan("metal-amd64.iso", extensionsOf(names), DOCUMENT))
        .isEqualTo(
            refused(
                "official extension \"%s\" is not available for Talos version v1.12.6"
                        .formatted(names[0])
                    + cut
                    + cut.replace(';', ',').repeat(2)
                    + " and 4996 more"
                    + LISTED));
  }

  @Test
  void aReleaseWithoutCatalogueSaysSo() {
    assertThat(plan("initramfs-amd64.xz", extensionsOf("siderolabs/gvisor"), BARE))
        .isEqualTo(
            refused(
                "official extension \"siderolabs/gvisor\" is not available for Talos version v1.12.6:"
                    + " the version has no catalogue of extensions"));
    assertThat(plan("metal-arm64.iso", overlayOf("rock64"), BARE))
        .isEqualTo(
            refused(
                "official overlay \"rock64\" is not available for Talos version v1.12.6:"
                    + " the version has no catalogue of overlays"));
  }

  @Test
  void anOverlayThatIsNotThereIsNamedWithCloseOnes() {
    assertThat(plan("metal-arm64-uki.efi", overlayOf("rpi-generic"), DOCUMENT))
        .isEqualTo(
            refused(
                "official overlay \"rpi-generic\" is not available for Talos version v1.12.6"
                    + " (close names: rpi_generic)"
                    + LISTED.replace("extensions", "overlays")));
  }

  @Test
  void anOverlayOfUnknownArgumentsIsRefusedWhereItsProgramMayNotRun() {
    assertThat(plan("metal-arm64.iso", overlayOf("mini-board"), DOCUMENT))
        .isEqualTo(
            refused(
                "the kernel arguments of overlay \"mini-board\" are not known to this service, and"
                    + " it may not run the overlay's own program; its operator can allow that"));
  }

  /// What the program prints takes its place as a known overlay's arguments do.
  @Test
  void anOverlayOfUnknownArgumentsIsAskedWhereItsProgramMayRun() throws Exception {
    String document =
        "overlay: {image: siderolabs/sbc-x, name: mini-board, options: {a: [1, x], b: {c: yes}}}\n"
            + "customization: {extraKernelArgs: [quiet]}";
    PlanOutcome outcome =
        PlanRequests.plan(
            new Planner(PlanRequests.URL, true),
            PlanRequests.of(
                "v1.12.6",
                "metal-arm64-uki.efi",
                new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8))),
            PlanRequests.INDEX,
            Optional.of(DOCUMENT));
    BuildPlan.Uki uki = (BuildPlan.Uki) planned(outcome);
    Input.ImageFile program =
        new Input.ImageFile("sbc-x", PlanRequests.digest("mini-board"), "installers/mini-board");
    assertThat(uki.inputs()).contains(program);
    PlannedCommandLine.WithOverlay asked =
        (PlannedCommandLine.WithOverlay) uki.content().commandLine();
    assertThat(asked.program())
        .isEqualTo(new OverlayProgram(program, "a:\n    - 1\n    - x\nb:\n    c: 'yes'\n"));
    assertThat(
            asked
                .line()
                .with(
                    List.of(
                        "console=tty0",
                        "console=ttyAMA0,115200",
                        "sysctl.kernel.kexec_load_disabled=1",
                        "talos.dashboard.disabled=1")))
        .isEqualTo(LINE + " quiet");
  }

  /// The worked example of boot-assets 3.5.
  @Test
  void anOverlaysArgumentsTakeThePlaceOfThePlatforms() {
    PlanOutcome outcome = plan("metal-arm64-uki.efi", overlayOf("rpi_generic"), DOCUMENT);
    BuildPlan.Uki uki = (BuildPlan.Uki) planned(outcome);
    assertThat(uki.content().commandLine()).isEqualTo(new PlannedCommandLine.Settled(LINE));
  }

  @ParameterizedTest
  @CsvSource({"kernel-arm64", "cmdline-metal-arm64"})
  void kernelAndCommandLineKnowNoOverlay(String asset) {
    assertThat(planned(plan(asset, overlayOf("no-such"), BARE)))
        .isEqualTo(planned(plan(asset, "{}", BARE)));
  }

  private List<String> extensions(String... names) {
    PlanOutcome outcome = plan("initramfs-arm64.xz", extensionsOf(names), DOCUMENT);
    BuildPlan.Initramfs plan = (BuildPlan.Initramfs) planned(outcome);
    return plan.content().extensions().stream().map(CatalogueChoiceTest::name).toList();
  }

  private static BuildPlan planned(PlanOutcome outcome) {
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan();
  }

  private static String name(Extension extension) {
    return switch (extension) {
      case Extension.Packaged packaged -> packaged.image().name();
      case Extension.Synthetic synthetic -> synthetic.manifest().name();
    };
  }

  private PlanOutcome plan(String asset, String document, ReleaseDocument release) {
    try {
      return PlanRequests.plan(
          planner,
          PlanRequests.of(
              "v1.12.6",
              asset,
              new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8))),
          PlanRequests.INDEX,
          Optional.of(release));
    } catch (InvalidConfigurationException e) {
      throw new IllegalArgumentException(document, e);
    }
  }

  private static String extensionsOf(String... names) {
    return "customization: {systemExtensions: {officialExtensions: ['"
        + String.join("', '", names)
        + "']}}";
  }

  private static String overlayOf(String name) {
    return "overlay: {image: siderolabs/sbc-x, name: " + name + "}";
  }

  private static Refused refused(String message) {
    return new Refused(Reason.UNSUPPORTED, ENHANCING + message);
  }

  private static ReleaseDocument document(
      Optional<List<CatalogueExtension>> extensions, Optional<List<CatalogueOverlay>> overlays) {
    return new ReleaseDocument(
        PlanRequests.version("v1.12.6"),
        extensions,
        overlays,
        Optional.empty(),
        new InstallerBase.Absent());
  }

  private static CatalogueExtension extension(String name) {
    return new CatalogueExtension(
        name, "ghcr.io/" + name + ":1", PlanRequests.digest(name), "author", "words\n");
  }

  private static CatalogueOverlay overlay(String name) {
    return new CatalogueOverlay(
        name, "siderolabs/sbc-x", "ghcr.io/siderolabs/sbc-x:v1", PlanRequests.digest(name));
  }
}
