package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.InstalledFirmware;
import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.plan.Firmware;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Disks with what an overlay's own program wrote.
@Tag("tool")
final class InstalledDiskToolTest {
  private static final String OVERLAY = "overlay: {image: siderolabs/sbc-x, name: mini-board}";
  private static final int SKIP = 2_048;
  private static final Blob RAW = Blob.of("x".repeat(512));

  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource({"v1.13.2, ''", "v1.7.6, ''", "v1.13.2, 'customization: {bootloader: sd-boot}'"})
  void whatItWroteIsInItsPlaces(String version, String more) throws IOException {
    InstalledFirmware firmware =
        new InstalledFirmware(
            SKIP,
            raw(8_192, 700_000),
            new TreeMap<>(
                Map.of("dtb/a.dtb", Blob.of("tree"), "EFI/boot/BOOTAA64.efi", Blob.of("theirs"))));
    DiskJudges disk = DiskJudges.of(disk(version, more, firmware), 512, folder);
    assertThat(disk.partitions().get("EFI")).asString().startsWith("4096-");
    assertThat(disk.partitions()).containsKey("META");
    for (long place : firmware.raw().keySet()) {
      assertThat(Blob.slice(disk.disk(), place, 512).bytes(512)).isEqualTo(RAW.bytes(512));
    }
    assertThat(disk.systemFile("dtb/a.dtb")).isEqualTo("tree");
    assertThat(disk.systemFile("EFI/boot/BOOTAA64.efi")).doesNotContain("theirs");
  }

  /// Of a disk of 2,246 MiB: MBR and header, entries, what comes first and last, the other entries.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1023, the partition table",
    "512, 0, 1023, the partition table",
    "1049600, 1049600, 1065983, the partition table",
    "1065472, 1049600, 1065983, the partition table",
    "2097152, 2097152, 106954751, partition EFI",
    "106955264, 106954752, 108003327, partition BIOS",
    "2205155328, 2205155328, 2206203903, partition META",
    "2355085312, 2355084800, 2355101695, the partition table"
  })
  void whatIsSomebodysIsNotOverwritten(long place, long from, long to, String owner) {
    assertThatThrownBy(
            () -> disk("v1.13.2", "", new InstalledFirmware(SKIP, raw(place), new TreeMap<>())))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "what overlay \"mini-board\" wrote has 512 bytes for byte %d of the disk, of which bytes %d to %d are for %s"
                .formatted(place, from, to, owner));
  }

  @Test
  void whatIsNobodysIsTaken() throws IOException {
    InstalledFirmware firmware =
        new InstalledFirmware(SKIP, raw(1_024, 1_065_984, 2_206_203_904L), new TreeMap<>());
    DiskJudges disk = DiskJudges.of(disk("v1.13.2", "", firmware), 512, folder);
    assertThat(disk.partitions()).containsKeys("EFI", "BIOS", "BOOT", "META");
  }

  @Test
  void sectorsThatLeaveNoRoomAreNamed() {
    String large = "customization: {diskImage: {sectorSize: 4096}}";
    assertThatThrownBy(
            () -> disk("v1.13.2", large, new InstalledFirmware(262_144, raw(), new TreeMap<>())))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith(
            "the board's firmware wants 262144 sectors before the partitions, which leaves no room for them: partition ");
  }

  private static SortedMap<Long, Blob> raw(long... places) {
    SortedMap<Long, Blob> raw = new TreeMap<>();
    for (long place : places) {
      raw.put(place, RAW);
    }
    return raw;
  }

  private static Extents disk(String version, String more, InstalledFirmware firmware)
      throws IOException {
    return Disks.assembled(
        Disks.of(version, "metal-arm64.raw", OVERLAY + "\n" + more),
        new Disks.SmallFiles() {
          @Override
          public InstalledFirmware installed(Firmware.ByProgram ignored) {
            return firmware;
          }
        });
  }
}
