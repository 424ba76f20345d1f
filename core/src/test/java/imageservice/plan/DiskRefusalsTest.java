package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationDecoder;
import imageservice.plan.PlanOutcome.Reason;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.CommandLineLimit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused of disk images, each with its whole message.
final class DiskRefusalsTest {
  private static final String BOOTLOADER = "customization: {bootloader: %s}";

  private final Planner planner = new Planner(PlanRequests.URL, false);

  @ParameterizedTest
  @ValueSource(strings = {"1", "511", "1024", "2048", "8192", "4294967808", "18446744073709551615"})
  void sectorsThatNoDiskHas(String size) {
    assertRefused(
        "v1.14.0",
        "metal-amd64.raw",
        "customization: {diskImage: {sectorSize: %s}}".formatted(size),
        "customization.diskImage.sectorSize is "
            + size
            + ", and disks have sectors of 512 or 4096 bytes");
  }

  @ParameterizedTest
  @CsvSource({"v1.9.5, metal-arm64.raw.xz", "v1.14.0, aws-arm64.raw", "v1.6.8, metal-arm64.vhd"})
  void twoLoadersWhereThereIsNoBios(String version, String asset) {
    assertRefused(
        version,
        asset,
        BOOTLOADER.formatted("dual-boot"),
        "customization.bootloader: dual-boot is not for arm64, which has no BIOS; write sd-boot or"
            + " grub");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd-boot", "dual-boot"})
  void systemdBootBeforeThereWasOne(String bootloader) {
    assertRefused(
        "v1.3.7",
        "metal-amd64.raw.xz",
        BOOTLOADER.formatted(bootloader),
        "customization.bootloader: Talos v1.3.7 has no systemd-boot, which comes with v1.5; write"
            + " grub");
  }

  /// The dual-boot mark is a record of 17 bytes.
  @Test
  void metaThatDoesNotFitItsPartition() {
    int room = MetaContent.ROOM - 8 - "dual-boot".length() - 8;
    String fits =
        "customization: {meta: [{key: 10, value: %s}]}"
            .formatted("é".repeat(room / 2) + "x".repeat(room % 2));
    assertThat(PlanRequests.plan(planner, "v1.14.0", "metal-amd64.raw", fits))
        .isInstanceOf(PlanOutcome.Planned.class);
    assertRefused(
        "v1.14.0",
        "metal-amd64.raw",
        fits.replace("é}", "éx}").replace("x}", "xx}"),
        "customization.meta: the values take %d bytes of the partition META, which has 262104 for them"
            .formatted(MetaContent.ROOM + (room % 2 == 0 ? 2 : 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "v1.9.5, metal-amd64.raw, 72",
    "v1.14.0, metal-amd64.raw, 72",
    "v1.14.0, metal-arm64.raw, 47"
  })
  void aCommandLineThatKernelsWouldCutWithTheMenusReset(String version, String asset, int added) {
    String document = "customization: {extraKernelArgs: [a=%s]}";
    int bare = line(version, asset, document.formatted("b")).length() - 1;
    int room = CommandLineLimit.BYTES - bare - added;
    assertThat(line(version, asset, document.formatted("b".repeat(room))))
        .hasSize(CommandLineLimit.BYTES - added);
    assertRefused(
        version,
        asset,
        document.formatted("b".repeat(room + 1)),
        "the kernel command line has 2048 bytes with %d that the boot loader adds, of which kernels read 2047: customization.extraKernelArgs takes %d of them, customization.meta 0"
            .formatted(added, room + 3));
  }

  @Test
  void aQuotedTextThatTakesInTheRestOfTheMenu() {
    assertRefused(
        "v1.9.5",
        "metal-amd64.raw",
        "customization: {extraKernelArgs: [\"a='\"]}",
        "customization.extraKernelArgs has a ' without another one: GRUB, which starts this medium,"
            + " would take the rest of its menu for a quoted text. Leave it out, or choose the"
            + " bootloader sd-boot (for ISOs from Talos v1.12 on, for disk images from v1.5 on)");
    assertThat(
            PlanRequests.plan(
                planner,
                "v1.9.5",
                "metal-amd64.raw",
                "customization: {bootloader: sd-boot, extraKernelArgs: [\"a='\"]}"))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  @ParameterizedTest
  @CsvSource({"v1.6.8, metal-rock64-arm64.raw, ''", "v1.7.6, metal-arm64.raw, rock64"})
  void largeSectorsThatLeaveNoRoomForFirmware(String version, String asset, String overlay) {
    String document = "customization: {diskImage: {sectorSize: 4096}}\n";
    if (!overlay.isEmpty()) {
      document += "overlay: {image: siderolabs/sbc-x, name: %s}".formatted(overlay);
    }
    assertRefused(
        version,
        asset,
        document,
        "customization.diskImage.sectorSize: with 4096, the partitions of Talos %s leave no room for what this board's firmware loads; leave sectorSize out"
            .formatted(version));
    assertThat(PlanRequests.plan(planner, version, asset, document.replace("4096", "512")))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  @Test
  void grubWithoutItsKit() throws Exception {
    PlanRequest request =
        PlanRequests.of(
            "v1.9.5",
            "metal-amd64.raw",
            new ConfigurationDecoder(false).decode("{}".getBytes(StandardCharsets.UTF_8)));
    assertThat(
            PlanRequests.plan(
                planner, request, PlanRequests.index(Optional.empty()), Optional.empty()))
        .isEqualTo(
            new Refused(
                Reason.NOT_SET_UP,
                "media with GRUB need the GRUB kit, which is not there: make it with"
                    + " grub-kit/make-grub-kit"));
  }

  private String line(String version, String asset, String document) {
    return PlanRequests.plan(planner, version, asset, document)
            instanceof PlanOutcome.Planned(BuildPlan.Disk disk, var ignored)
        ? disk.boot().commandLine().planned()
        : "";
  }

  private void assertRefused(String version, String asset, String document, String message) {
    assertThat(PlanRequests.plan(planner, version, asset, document))
        .isEqualTo(
            new Refused(Reason.UNSUPPORTED, "error enhancing profile from schematic: " + message));
  }
}
