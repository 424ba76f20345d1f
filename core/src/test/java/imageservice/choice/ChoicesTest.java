package imageservice.choice;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.asset.AssetName;
import imageservice.asset.Platform;
import imageservice.asset.Target;
import imageservice.plan.cmdline.OverlayArguments;
import imageservice.release.TalosVersion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChoicesTest {
  private static final TalosVersion NEW = version("v1.14.0");

  @Test
  void everyPlatformThatBootsIsOffered() {
    assertThat(PlatformOffer.in(NEW).stream().map(PlatformOffer::platform))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Platform.values()).filter(p -> p != Platform.CONTAINER).toList());
  }

  @Test
  void everyOverlayWhoseArgumentsAreKnownIsOfferedAsABoard() {
    assertThat(BoardOffer.in(NEW))
        .allSatisfy(board -> assertThat(OverlayArguments.of(board.overlay())).isPresent());
    assertThat(BoardOffer.in(NEW)).hasSize(29);
  }

  @Test
  void platformsAndBoardsAppearWithTheirVersion() {
    assertThat(names("v1.6.8")).doesNotContain("akamai", "cloudstack", "opennebula");
    assertThat(names("v1.8.0-alpha.1")).contains("akamai").doesNotContain("cloudstack");
    assertThat(names("v1.8.0-alpha.2")).contains("cloudstack");
    assertThat(BoardOffer.in(version("v1.6.8"))).isEmpty();
    assertThat(BoardOffer.in(version("v1.12.2")).stream().map(BoardOffer::name))
        .contains("rpi_generic")
        .doesNotContain("rpi_5");
  }

  @Test
  void theDocumentSaysWhatAVersionCanDo() {
    String old = Choices.of(version("v1.4.0"), true).toString();
    assertThat(old)
        .contains(
            "\"boards\":[]",
            "\"bootloaders\":[]",
            "\"embeddedMachineConfiguration\":false",
            "\"uki\":false")
        .doesNotContain("\"secureBoot\":true");
    assertThat(Choices.of(NEW, true).toString())
        .contains(
            "\"bootloaders\":[\"sd-boot\",\"dual-boot\",\"grub\"]",
            "{\"name\":\"metal\",\"title\":\"Bare metal\",\"architectures\":[\"amd64\",\"arm64\"],"
                + "\"disks\":[\"raw.zst\",\"qcow2\"],\"boots\":[\"iso\",\"disk\",\"pxe\"],"
                + "\"secureBoot\":true,");
    assertThat(Choices.of(NEW, false).toString()).doesNotContain("\"secureBoot\":true");
  }

  @Test
  void metalHasItsMediaAndTheirParts() {
    assertThat(downloads(Platform.METAL, Architecture.AMD64, false, false))
        .containsExactly(
            "metal-amd64.iso",
            "metal-amd64.raw.zst",
            "metal-amd64.qcow2",
            "metal-amd64-uki.efi",
            "kernel-amd64",
            "initramfs-amd64.xz",
            "cmdline-metal-amd64",
            "installer-amd64.tar");
    assertThat(downloads(Platform.METAL, Architecture.AMD64, true, false))
        .containsExactly(
            "metal-amd64-secureboot.iso",
            "metal-amd64-secureboot.raw.zst",
            "metal-amd64-secureboot.qcow2",
            "metal-amd64-secureboot-uki.efi",
            "installer-amd64-secureboot.tar");
  }

  @Test
  void aBoardHasOneImage() {
    assertThat(downloads(Platform.METAL, Architecture.ARM64, false, true))
        .containsExactly("metal-arm64.raw.xz", "installer-arm64.tar");
    assertThat(downloads(Platform.METAL, Architecture.AMD64, false, true)).isEmpty();
  }

  @Test
  void whatAPlatformDoesNotHaveIsNotOffered() {
    assertThat(downloads(Platform.HCLOUD, Architecture.ARM64, false, false)).isEmpty();
    assertThat(downloads(Platform.AWS, Architecture.AMD64, true, false)).isEmpty();
    assertThat(downloads(Platform.CONTAINER, Architecture.AMD64, false, false)).isEmpty();
  }

  private static List<String> downloads(
      Platform platform, Architecture architecture, boolean secureBoot, boolean overlay) {
    return Downloads.of(new Target(platform, architecture, secureBoot), NEW, overlay).stream()
        .map(AssetName::toString)
        .toList();
  }

  private static List<String> names(String version) {
    return PlatformOffer.in(version(version)).stream()
        .map(offer -> offer.platform().toString())
        .toList();
  }

  private static TalosVersion version(String text) {
    return TalosVersion.parse(text).orElseThrow();
  }
}
