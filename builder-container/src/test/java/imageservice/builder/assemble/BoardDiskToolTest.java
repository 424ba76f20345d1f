package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Board;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.plan.BuildPlan;
import imageservice.plan.Firmware;
import imageservice.plan.Input;
import imageservice.plan.firmware.OverlayFirmware;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Disks of every board: what its firmware loads lies where it looks for it.
@Tag("tool")
final class BoardDiskToolTest {
  private static final String OVERLAY = "overlay: {image: siderolabs/sbc-x, name: %s}";

  @TempDir Path folder = Path.of("unset");

  static Set<String> overlays() {
    return OverlayFirmware.names();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void anOverlaysFilesAreInTheirPlaces(String overlay) throws IOException {
    assertInPlace(Disks.of("v1.13.2", "metal-arm64.raw", OVERLAY.formatted(overlay)));
  }

  @ParameterizedTest
  @EnumSource(Board.class)
  void aBoardsFilesAreInTheirPlaces(Board board) throws IOException {
    assertInPlace(Disks.of("v1.6.8", "metal-%s-arm64.raw".formatted(board), "{}"));
  }

  private void assertInPlace(BuildPlan.Disk plan) throws IOException {
    Firmware.Listed firmware = (Firmware.Listed) plan.firmware();
    DiskJudges disk = DiskJudges.of(Disks.assembled(plan), 512, folder);
    assertThat(disk.partitions().keySet()).startsWith("EFI", "BIOS", "BOOT", "META");
    assertThat(disk.partitions().get("EFI")).hasToString(firstPartition(firmware.skip()));
    if (firmware.raw().isPresent()) {
      int at = firmware.raw().get().offset();
      byte[] there = Blob.slice(disk.disk(), at, Disks.U_BOOT.length()).bytes(1 << 20);
      assertThat(there).isEqualTo(Disks.U_BOOT.bytes(1 << 20));
    } else {
      assertThat(firmware.skip()).isZero();
    }
    assertFiles(disk, firmware);
  }

  /// As many as their planner takes: 80 MiB before the partitions, and 8 where there are those for
  /// data.
  @ParameterizedTest
  @CsvSource({"v1.13.2, rock64, 80", "v1.7.6, pine64, 8"})
  void largeSectorsLeaveRoomForFirmware(String version, String overlay, int mib)
      throws IOException {
    String document =
        OVERLAY.formatted(overlay) + "\ncustomization: {diskImage: {sectorSize: 4096}}";
    BuildPlan.Disk plan = Disks.of(version, "metal-arm64.raw", document);
    DiskJudges disk = DiskJudges.of(Disks.assembled(plan), 4096, folder);
    long first = (mib + 1) * 256L;
    assertThat(disk.partitions().get("EFI")).hasToString(first + "-" + (first + 25_599));
    assertThat(disk.partitions()).containsKeys("BIOS", "BOOT", "META");
  }

  /// 100 MiB on the first MiB behind 32 sectors of entries.
  private static String firstPartition(int skip) {
    int first = (2 + skip + 32 + 2_047) / 2_048 * 2_048;
    return first + "-" + (first + 204_799);
  }

  private static void assertFiles(DiskJudges disk, Firmware.Listed firmware) throws IOException {
    assertThat(disk.systemPartition()).contains("::/EFI/boot/BOOTAA64.efi\n");
    for (Firmware.PlacedFile file : firmware.files()) {
      assertThat(disk.systemFile(file.path())).isEqualTo(file.file().path());
    }
    for (Input.ImageFolder ignored : firmware.folders()) {
      assertThat(disk.systemFile("start4.elf"))
          .isEqualTo("start " + firmware.folders().getLast().path());
      assertThat(disk.systemFile("overlays/disable-bt.dtbo")).isEqualTo("overlay");
    }
    if (firmware.configTxt().isPresent()) {
      assertThat(disk.systemFile("config.txt")).isEqualTo(firmware.configTxt().get());
    }
  }

  @Test
  void whatReachesIntoThePartitionTableIsNamed() {
    for (String overlay : new String[] {"rock64", "pine64"}) {
      BuildPlan.Disk plan = Disks.of("v1.13.2", "metal-arm64.raw", OVERLAY.formatted(overlay));
      Firmware.Listed firmware = (Firmware.Listed) plan.firmware();
      Firmware.RawFile raw = firmware.raw().orElseThrow();
      long end = (2L + firmware.skip()) * 512;
      assertThatThrownBy(
              () -> Disks.assembled(plan, new LargeFile("/u-boot/", end - raw.offset() + 1)))
          .isInstanceOf(UnfitInputException.class)
          .hasMessage(
              "/%s has %d bytes for byte %d of the disk, of which bytes %d to %d are for the partition table"
                  .formatted(
                      raw.file().path(),
                      end - raw.offset() + 1,
                      raw.offset(),
                      end,
                      end + (32 * 512) - 1));
    }
  }

  @Test
  void asMuchAsFitsBeforeThePartitionTableIsTaken() throws IOException {
    BuildPlan.Disk plan = Disks.of("v1.13.2", "metal-arm64.raw", OVERLAY.formatted("pine64"));
    long room = (2L + ((Firmware.Listed) plan.firmware()).skip()) * 512 - 8_192;
    DiskJudges disk =
        DiskJudges.of(Disks.assembled(plan, new LargeFile("/u-boot/", room)), 512, folder);
    assertThat(disk.partitions()).containsKeys("EFI", "BIOS", "BOOT", "META");
  }

  @Test
  void aKernelThatBootCannotHoldIsNamed() {
    for (String loader : new String[] {"grub", "dual-boot"}) {
      String document = "customization: {bootloader: %s}".formatted(loader);
      BuildPlan.Disk plan = Disks.of("v1.9.5", "metal-amd64.raw", document);
      assertThatThrownBy(() -> Disks.assembled(plan, new LargeFile("/initramfs.xz", 999L << 20)))
          .isInstanceOf(UnfitInputException.class)
          .hasMessageStartingWith("the partition BOOT: ");
    }
  }

  @Test
  void aKernelImageThatTheSystemPartitionCannotHoldIsNamed() {
    BuildPlan.Disk plan =
        Disks.of("v1.9.5", "metal-amd64.raw", "customization: {bootloader: sd-boot}");
    assertThatThrownBy(() -> Disks.assembled(plan, new LargeFile("/initramfs.xz", 1_101L << 20)))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith("the EFI system partition: the contents need ");
  }

  @Test
  void filesThatTheSystemPartitionCannotHoldAreNamed() {
    BuildPlan.Disk plan = Disks.of("v1.13.2", "metal-arm64.raw", OVERLAY.formatted("jetson_nano"));
    assertThatThrownBy(() -> Disks.assembled(plan, new LargeFile(".dtb", 101L << 20)))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith("the EFI system partition: ");
  }

  /// Material with files of zeros of one length.
  private static final class LargeFile extends Disks.SmallFiles {
    private final String part;
    private final long length;

    /// @param part of the paths of these files
    LargeFile(String part, long length) {
      this.part = part;
      this.length = length;
    }

    @Override
    public Blob file(Input.ImageFile file) throws IOException {
      return file.path().contains(part)
          ? Extents.builder().zeros(length).build()
          : super.file(file);
    }
  }
}
