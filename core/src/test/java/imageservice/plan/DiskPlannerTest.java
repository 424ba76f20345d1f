package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.asset.AssetName;
import imageservice.asset.Compression;
import imageservice.asset.DiskFormat;
import imageservice.asset.Platform;
import imageservice.asset.Target;
import imageservice.configuration.MetaValue;
import imageservice.json.MalformedJsonException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskPlannerTest {
  private static final String NOTHING = "{}";
  private static final MetaValue MARK = new MetaValue(0x11, "dual-boot");

  private final Planner planner = new Planner(PlanRequests.URL, false);

  /// MiB of a disk whose platform grows it, of one as clouds want it, and of an Exoscale's.
  @ParameterizedTest
  @CsvSource({
    "v1.9.5, grub, 1246, 8192, 10240",
    "v1.10.7, sd-boot, 1246, 8192, 10240",
    "v1.10.7, dual-boot, 2247, 9193, 11241",
    "v1.11.0, grub, 2246, 9192, 11240",
    "v1.11.0, dual-boot, 4247, 11193, 13241",
    "v1.14.0, sd-boot, 2246, 9192, 11240"
  })
  void disksAreAsLargeAsPlatformReleaseAndLoadersWant(
      String version, String bootloader, int metal, int aws, int exoscale) {
    String document = "customization: {bootloader: %s}".formatted(bootloader);
    for (String platform :
        "metal akamai alibabacloud hcloud nocloud opennebula openstack scaleway".split(" ", -1)) {
      assertThat(disk(version, platform + "-amd64.raw", document).shape().mib())
          .as(platform)
          .isEqualTo(metal);
    }
    for (String platform :
        "aws azure cloudstack digital-ocean equinixMetal gcp oracle upcloud vmware vultr"
            .split(" ", -1)) {
      assertThat(disk(version, platform + "-amd64.raw", document).shape().mib())
          .as(platform)
          .isEqualTo(aws);
    }
    assertThat(disk(version, "exoscale-amd64.qcow2", document).shape().mib()).isEqualTo(exoscale);
  }

  @Test
  void anOverlayOutsideTheTablePutsItsFilesThereByItsOwnProgram() {
    Planner running = new Planner(PlanRequests.URL, true);
    PlanOutcome outcome =
        PlanRequests.plan(
            running,
            "v1.13.2",
            "metal-arm64.raw.xz",
            "overlay: {image: siderolabs/sbc-x, name: mini-board, options: {a: 1}}");
    BuildPlan.Disk disk = (BuildPlan.Disk) ((PlanOutcome.Planned) outcome).plan();
    Firmware.ByProgram firmware = (Firmware.ByProgram) disk.firmware();
    assertThat(firmware.program().overlay()).isEqualTo("mini-board");
    assertThat(firmware.program().options()).isEqualTo("a: 1\n");
    assertThat(firmware.artifacts().path()).isEqualTo("artifacts");
    assertThat(disk.inputs()).containsAll(firmware.inputs()).doesNotHaveDuplicates();
    assertThat(disk.installation())
        .contains(new OverlayInstallation(firmware, (long) disk.shape().mib() << 20));
  }

  @ParameterizedTest
  @CsvSource({
    "v1.10.7, 1000",
    "v1.11.0, 2000",
    "v1.5.5, 1000",
    "v1.14.0, 2000",
  })
  void bootIsLargerFrom111On(String version, int mib) {
    assertThat(disk(version, "metal-amd64.raw", NOTHING).shape().bootMib()).isEqualTo(mib);
  }

  @ParameterizedTest
  @CsvSource({"v1.3.7, true", "v1.7.6, true", "v1.8.3, false", "v1.14.0, false"})
  void releasesBefore18HavePartitionsForData(String version, boolean there) {
    assertThat(disk(version, "metal-amd64.raw", NOTHING).shape().dataPartitions()).isEqualTo(there);
  }

  @ParameterizedTest
  @CsvSource({
    "v1.3.7, metal-amd64, '', Grub",
    "v1.9.5, metal-amd64, '', Grub",
    "v1.9.5, metal-arm64, '', Grub",
    "v1.9.5, metal-amd64, sd-boot, SystemdBoot",
    "v1.9.5, metal-amd64, dual-boot, Both",
    "v1.5.5, metal-arm64, sd-boot, SystemdBoot",
    "v1.10.7, metal-amd64, '', Both",
    "v1.10.7, metal-arm64, '', SystemdBoot",
    "v1.10.7, metal-arm64, grub, Grub",
    "v1.14.0, metal-amd64, grub, Grub",
    "v1.14.0, metal-amd64, sd-boot, SystemdBoot",
    "v1.6.8, metal-rock64-arm64, '', Grub"
  })
  void loadersAreThoseAskedForElseTheReleases(
      String version, String target, String asked, String loaders) {
    String document =
        asked.isEmpty() ? NOTHING : "customization: {bootloader: %s}".formatted(asked);
    assertThat(disk(version, target + ".raw", document).boot().getClass().getSimpleName())
        .isEqualTo(loaders);
  }

  /// Their firmware brings U-Boot, which starts GRUB; before 1.10 and after.
  @ParameterizedTest
  @CsvSource({"v1.7.6, '', Grub", "v1.13.2, '', Grub", "v1.13.2, sd-boot, SystemdBoot"})
  void boardsOfOverlaysBootByGrubUnlessAskedOtherwise(
      String version, String asked, String loaders) {
    String overlay = "overlay: {image: siderolabs/sbc-rockchip, name: rock64}";
    String document =
        asked.isEmpty() ? overlay : overlay + "\ncustomization: {bootloader: " + asked + "}";
    BuildPlan.Disk disk = disk(version, "metal-arm64.raw.xz", document);
    assertThat(disk.boot().getClass().getSimpleName()).isEqualTo(loaders);
    assertThat(((Firmware.Listed) disk.firmware()).raw()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"'', 512", "0, 512", "512, 512", "4096, 4096"})
  void sectorsAreOf512BytesUnlessAskedOtherwise(String asked, int size) {
    String document =
        asked.isEmpty() ? NOTHING : "customization: {diskImage: {sectorSize: %s}}".formatted(asked);
    assertThat(disk("v1.14.0", "metal-amd64.raw", document).shape().sectorSize()).isEqualTo(size);
  }

  /// Talos removes the boot loader that it did not start by, where the mark is.
  @Test
  void disksWithTwoLoadersAreMarkedInMetaFrom110On() {
    String document = "customization: {bootloader: %s, meta: [{key: 10, value: 'a;b'}]}";
    MetaValue own = new MetaValue(10, "a;b");
    assertThat(meta("v1.10.7", document.formatted("dual-boot"))).containsExactly(own, MARK);
    assertThat(meta("v1.9.5", document.formatted("dual-boot"))).containsExactly(own);
    assertThat(meta("v1.14.0", document.formatted("grub"))).containsExactly(own);
    assertThat(meta("v1.14.0", NOTHING)).containsExactly(MARK);
    assertThat(meta("v1.9.5", NOTHING)).isEmpty();
  }

  @Test
  void metaIsInItsPartitionAndNotOnTheCommandLine() {
    String document = "customization: {meta: [{key: 10, value: x}], extraKernelArgs: [a=b]}";
    for (String loader : new String[] {"grub", "sd-boot", "dual-boot"}) {
      BuildPlan.Disk disk =
          disk(
              "v1.13.2",
              "metal-amd64.raw",
              document.replace("{meta", "{bootloader: " + loader + ", meta"));
      assertThat(disk.boot().commandLine().planned())
          .contains(" a=b")
          .doesNotContain("INSTALLER_META")
          .doesNotContain("halt_if_installed");
    }
  }

  @Test
  void formatAndCompressionAreThoseOfTheName() {
    for (DiskFormat format : DiskFormat.values()) {
      for (Compression compression : Compression.values()) {
        Target target = new Target(Platform.METAL, Architecture.AMD64, false);
        AssetName name = new AssetName.Disk(target, format, compression);
        BuildPlan.Disk disk = disk("v1.9.5", name.toString(), NOTHING);
        assertThat(disk.format()).isEqualTo(format);
        assertThat(disk.compression()).isEqualTo(compression);
      }
    }
  }

  /// So that one is not taken for another where both are kept under their keys.
  @Test
  void noTwoNamesShareAKey() {
    assertThat(
            Stream.of("raw", "raw.xz", "raw.gz", "raw.tar.gz", "qcow2", "vhd")
                .map(suffix -> AssetKey.of(disk("v1.9.5", "metal-amd64." + suffix, NOTHING)))
                .collect(Collectors.toSet()))
        .hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rock64", "rpi_generic", "jetson_nano"})
  void plansWithFirmwareAreReadBack(String overlay) throws Exception {
    String document =
        "{overlay: {image: siderolabs/sbc-x, name: %s, options: {configTxt: \"a\\n\"}}, customization: {meta: [{key: 10, value: x}]}}"
            .formatted(overlay);
    assertReadBack(disk("v1.13.2", "metal-arm64.raw.xz", document));
    assertReadBack(disk("v1.6.8", "metal-" + overlay + "-arm64.raw.xz", NOTHING));
  }

  private static void assertReadBack(BuildPlan.Disk disk) throws MalformedJsonException {
    assertThat(BuildPlanJson.read(BuildPlanJson.write(disk))).isEqualTo(disk);
    assertThat(disk.inputs())
        .containsAll(disk.firmware().inputs())
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  private List<MetaValue> meta(String version, String document) {
    return disk(version, "metal-amd64.raw.zst", document).meta().values();
  }

  private BuildPlan.Disk disk(String version, String asset, String document) {
    PlanOutcome outcome = PlanRequests.plan(planner, version, asset, document);
    if (outcome instanceof PlanOutcome.Planned(BuildPlan.Disk disk, var ignored)) {
      return disk;
    }
    throw new AssertionError("%s %s %s: %s".formatted(version, asset, document, outcome));
  }
}
