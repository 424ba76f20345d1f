package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.Stubs;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("tool")
final class SystemdBootFilesToolTest {
  private static final TalosVersion VERSION = TalosVersion.of(1, 11, 0);
  private static final Blob UKI = Plans.bytes(100_000, 19);
  private static final long MIB = 1 << 20;

  @TempDir Path folder = Path.of("unset");

  @Test
  void isAFat32WithTheFiles() throws IOException {
    Path image = written(UKI);
    Judge.named("fsck.fat").run("-n", "-v", image.toString()).accepted();
    assertThat(
            Judge.named("mdir")
                .run("-b", "-/", "-i", image.toString(), "::")
                .accepted()
                .output()
                .lines()
                .filter(path -> !path.endsWith("/")))
        .containsExactlyInAnyOrder(
            "::/EFI/BOOT/BOOTX64.EFI",
            "::/EFI/Linux/Talos-v1.11.0.efi",
            "::/loader/loader.conf",
            "::/loader/random-seed");
    assertThat(copied(image, "EFI/Linux/Talos-v1.11.0.efi")).isEqualTo(UKI.bytes(100_000));
    assertThat(copied(image, "loader/random-seed")).isEqualTo(new byte[32]);
    assertThat(copied(image, "loader/loader.conf"))
        .asString()
        .isEqualTo(
            Golden.of("v1.13.2/bl-sdboot/iso-metal-amd64.iso.txt")
                .textOf("text of loader/loader.conf:"));
  }

  @Test
  void describesItselfAsTheReferences() throws IOException {
    String said = Judge.named("minfo").run("-i", written(UKI).toString()).accepted().output();
    assertThat(said.lines().map(String::strip))
        .contains(
            "banner:\"mkfs.fat\"",
            "cluster size: 1 sectors",
            "reserved (boot) sectors: 32",
            "fats: 2",
            "big size: 69632 sectors",
            "physical drive id: 0x80",
            "serial number: 1234ABCD",
            "disk label=\"EFI        \"",
            "disk type=\"FAT32   \"",
            "backup boot sector=6");
    assertThat(
            Judge.named("mattrib")
                .run("-i", folder.resolve("esp").toString(), "::/loader/random-seed")
                .accepted()
                .output())
        .containsPattern("A +R");
  }

  /// 10 MiB, and whole MiB for loader and UKI, but at least 34 MiB.
  @ParameterizedTest
  @CsvSource({"1, 34", "23, 34", "24, 35", "100, 111", "400, 411", "3000, 3011"})
  void growsWithTheUki(long uki, long partition) throws IOException {
    Blob large = Extents.builder().zeros(uki * MIB).build();
    SystemdBootFiles files =
        SystemdBootFiles.of(VERSION, Stubs.small(Stubs.AMD64), large, Optional.empty());
    assertThat(files.systemPartition().length()).isEqualTo(partition * MIB);
  }

  @Test
  void namesTheLoaderAfterItsMachine() throws IOException {
    assertThat(
            SystemdBootFiles.of(VERSION, Stubs.small(Stubs.ARM64), UKI, Optional.empty()).files())
        .containsKey("EFI/BOOT/BOOTAA64.EFI");
    assertThatThrownBy(
            () -> SystemdBootFiles.of(VERSION, Stubs.small(0x14C), UKI, Optional.empty()))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("systemd-boot is for machine 0x14c");
  }

  private Path written(Blob uki) throws IOException {
    SystemdBootFiles files =
        SystemdBootFiles.of(VERSION, Stubs.small(Stubs.AMD64), uki, Optional.empty());
    return Medium.write(files.systemPartition(), folder.resolve("esp"));
  }

  private byte[] copied(Path image, String path) throws IOException {
    Path to = folder.resolve("copied");
    Files.deleteIfExists(to);
    Judge.named("mcopy").run("-i", image.toString(), "::/" + path, to.toString()).accepted();
    return Files.readAllBytes(to);
  }
}
