package imageservice.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and messages of the grammar and of what the peer service answered.
final class AssetNameGrammarTest {
  private static final String PLATFORMS =
      "metal, akamai, alibabacloud, aws, azure, cloudstack, container, digital-ocean, equinixMetal,"
          + " exoscale, gcp, hcloud, nocloud, opennebula, openstack, oracle, scaleway, upcloud,"
          + " vmware, vultr";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel-amd64",
        "initramfs-arm64.xz",
        "cmdline-metal-amd64-secureboot",
        "metal-amd64.iso",
        "nocloud-amd64-secureboot.iso",
        "metal-arm64-uki.efi",
        "aws-amd64.raw.xz",
        "gcp-amd64.raw.tar.gz",
        "azure-amd64.vhd.xz",
        "metal-amd64.qcow2",
        "vmware-arm64.ova",
        "digital-ocean-amd64.raw.gz",
        "digital-ocean-amd64-secureboot.raw.gz",
        "metal-amd64.raw",
        "installer-amd64-secureboot.tar",
        "aws-installer-arm64.tar",
        "digital-ocean-installer-amd64-secureboot.tar",
        "metal-amd64-secureboot.raw.zst"
      })
  void readsNamesAndWritesThemAgain(String name) {
    assertThat(parsed(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource({
    "kernel-x86_64, kernel-amd64",
    "kernel-i386, kernel-amd64",
    "metal-x86_64.raw.zst, metal-amd64.raw.zst",
    "metal-i386-secureboot.iso, metal-amd64-secureboot.iso",
    "initramfs-x86_64.xz, initramfs-amd64.xz",
    "cmdline-packet-arm64, cmdline-equinixMetal-arm64",
    "metal-installer-arm64.tar, installer-arm64.tar",
    "metal-rpi_4-arm64.iso, metal-rpi_generic-arm64.iso",
    "metal-rockpi4-arm64.raw.xz, metal-rockpi_4-arm64.raw.xz",
    "cmdline-metal-rockpi4c-arm64, cmdline-metal-rockpi_4c-arm64"
  })
  void writesOneSpelling(String name, String canonical) {
    assertThat(parsed(name)).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "kernel-riscv64, riscv64",
    "kernel-, ''",
    "kernel-amd64.sha256, amd64.sha256",
    "metal-x86.iso, x86",
    "metal-mini_board-arm64.raw.xz, mini_board-arm64",
    "metal-rpi_generic-amd64.raw.xz, rpi_generic-amd64",
    "aws-rpi_generic-arm64.raw.xz, rpi_generic-arm64",
    "initramfs-amd64.raw.xz, amd64.raw",
    "initramfs-arm64.xz.xz, arm64.xz",
    "cmdline-metal-x86, x86",
    "installer-foo.tar, foo",
    "metal-secureboot-amd64.iso, secureboot-amd64",
    "metal-.iso, ''",
    "digital-ocean.iso, ocean",
    "metal-AMD64.iso, AMD64"
  })
  void namesAnArchitectureThatIsNone(String name, String architecture) {
    assertInvalid(name, "invalid architecture: \"" + architecture + "\"; known: amd64, arm64");
  }

  @ParameterizedTest
  @CsvSource({
    "metal-amd64.ssd, metal-amd64.ssd",
    "metal-amd64, metal-amd64",
    "metal-amd64.img, metal-amd64.img",
    "initramfs-amd64, initramfs-amd64",
    "installer-amd64, installer-amd64",
    "aws-installer-amd64, aws-installer-amd64",
    "metal-amd64-secureboot, metal-amd64-secureboot",
    "digital-ocean-amd64, digital-ocean-amd64",
    "metal-amd64-uki.efi.xz, metal-amd64-uki.efi",
    "metal-amd64.qcow2.gz.xz, metal-amd64.qcow2.gz",
    "metal-amd64.raw.bz2, metal-amd64.raw.bz2",
    "metal-amd64.tar.gz, metal-amd64",
    "metal-amd64.iso.sha256, metal-amd64.iso.sha256",
    "'', ''"
  })
  void namesAPathThatIsNone(String name, String rest) {
    assertThat(AssetNameGrammar.parse(name))
        .isInstanceOfSatisfying(
            AssetNameGrammar.Invalid.class,
            invalid -> {
              assertThat(invalid.reason()).isEqualTo("invalid profile path: \"" + rest + "\"");
              assertThat(invalid.whole())
                  .startsWith(invalid.reason() + "; names are kernel-ARCH, ");
            });
  }

  @ParameterizedTest
  @CsvSource({"cmdline-metal, metal", "metalamd64.iso, metalamd64", ".iso, ''", ".raw, ''"})
  void namesAMachineThatIsNone(String name, String rest) {
    assertInvalid(
        name,
        "invalid platform-arch: \""
            + rest
            + "\"; write a platform, a dash and an architecture, such as metal-amd64; platforms: "
            + PLATFORMS
            + "; architectures: amd64, arm64");
  }

  @ParameterizedTest
  @CsvSource({
    "foo-amd64.iso, foo",
    "METAL-amd64.iso, METAL",
    "-amd64.iso, ''",
    "iso-amd64.raw, iso",
    "installer-amd64.raw, installer",
    "foo-amd64.raw, foo"
  })
  void namesPlatformsThatThereAre(String name, String platform) {
    assertInvalid(name, "unknown platform \"" + platform + "\"; known: " + PLATFORMS);
  }

  @Test
  void everyNameIsReadBack() {
    List<AssetName> names = names();
    assertThat(names).hasSizeGreaterThan(1_900);
    assertThat(names).allSatisfy(name -> assertThat(parsed(name.toString())).isEqualTo(name));
    assertThat(names.stream().map(AssetName::toString)).doesNotHaveDuplicates();
  }

  private static List<AssetName> names() {
    List<AssetName> names = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      names.add(new AssetName.Kernel(architecture));
      names.add(new AssetName.Initramfs(architecture));
      for (Platform platform : Platform.values()) {
        names.addAll(names(new Target(platform, architecture, true)));
        names.addAll(names(new Target(platform, architecture, false)));
      }
    }
    return names;
  }

  private static List<AssetName> names(Target target) {
    List<AssetName> names =
        new ArrayList<>(
            List.of(
                new AssetName.Cmdline(target),
                new AssetName.Iso(target),
                new AssetName.Uki(target),
                new AssetName.Installer(target)));
    for (DiskFormat format : DiskFormat.values()) {
      for (Compression compression : Compression.values()) {
        names.add(new AssetName.Disk(target, format, compression));
      }
    }
    return names;
  }

  private static AssetName parsed(String name) {
    return AssetNameGrammar.parse(name) instanceof AssetNameGrammar.Parsed(AssetName found)
        ? found
        : org.assertj.core.api.Assertions.fail(name + ": " + AssetNameGrammar.parse(name));
  }

  private static void assertInvalid(String name, String reason) {
    assertThat(AssetNameGrammar.parse(name)).isEqualTo(new AssetNameGrammar.Invalid(reason));
  }
}
