package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.release.CatalogueOverlay;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WarningsTest {
  private static final String QUOTES =
      "customization: {extraKernelArgs: ['q=\"x y\"', \"s='z'\", 'w=a\\b', plain, '-gone=\"']}";
  private static final String COMMENT =
      "customization: {extraKernelArgs: [first=1, 'note=a # tail=1', after=1]}";
  private static final String OVERLAY =
      "{overlay: {image: siderolabs/sbc-raspberrypi, name: rpi_generic}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "customization: {extraKernelArgs: [a=1, -b, 'c#d', 'x;y', 'k=&&', '-'], meta: [{key: 10,"
            + " value: 'a b'}]}",
        "customization: {systemExtensions: {officialExtensions: [siderolabs/gvisor]}}"
      })
  void whatIsBuiltAsAskedHasNone(String document) throws Exception {
    assertThat(Warnings.of(configuration(document))).isEmpty();
    for (String asset :
        new String[] {
          "metal-amd64.iso",
          "cmdline-metal-amd64",
          "kernel-amd64",
          "initramfs-arm64.xz",
          "metal-amd64.raw.zst"
        }) {
      assertThat(warnings("v1.9.5", asset, document)).as(asset).isEmpty();
    }
  }

  @Test
  void argumentsThatGrubChangesAreNamedWhereGrubStartsTheKernel() throws Exception {
    String begin = "customization.extraKernelArgs: GRUB changes `q=\"x y\"`, `s='z'`, `w=a\\b`: ";
    assertThat(Warnings.of(configuration(QUOTES))).singleElement().asString().startsWith(begin);
    for (String version : new String[] {"v1.9.5", "v1.10.7", "v1.13.2"}) {
      assertThat(warnings(version, "metal-amd64.iso", QUOTES)).anyMatch(w -> w.startsWith(begin));
    }
    assertThat(warnings("v1.13.2", "metal-arm64.iso", QUOTES)).isEmpty();
    for (String asset : new String[] {"metal-amd64.raw.zst", "aws-amd64.raw.xz"}) {
      assertThat(warnings("v1.13.2", asset, QUOTES)).anyMatch(w -> w.startsWith(begin));
    }
    assertThat(warnings("v1.13.2", "metal-arm64.raw.zst", QUOTES)).isEmpty();
    assertThat(warnings("v1.13.2", "metal-amd64-uki.efi", QUOTES)).isEmpty();
    assertThat(
            warnings(
                "v1.12.6",
                "metal-amd64.iso",
                QUOTES.replace("customization: {", "customization: {bootloader: sd-boot, ")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "#, 'note=a # tail=1'",
    "#tail=1, 'note=a #tail=1'",
    ";, 'a ; b'",
    "&&, a &&",
    "||, || b"
  })
  void wordsThatEndACommandOfIpxeAreNamed(String word, String argument) throws Exception {
    String document = COMMENT.replace("note=a # tail=1", argument);
    String warning =
        "customization.extraKernelArgs: in boot scripts (/pxe/…) iPXE ends the kernel's command"
            + " line before `"
            + word
            + "`";
    assertThat(Warnings.of(configuration(document))).singleElement().asString().startsWith(warning);
    assertThat(warnings("v1.9.5", "cmdline-metal-amd64", document))
        .singleElement()
        .asString()
        .startsWith(warning);
    assertThat(warnings("v1.9.5", "metal-amd64.iso", document)).isEmpty();
  }

  @Test
  void settingsOfIpxeAreNamed() throws Exception {
    String document = "customization: {extraKernelArgs: ['talos.config=http://x/?u=${uuid}']}";
    assertThat(Warnings.of(configuration(document)))
        .singleElement()
        .asString()
        .contains("`talos.config=http://x/?u=${uuid}`", "iPXE puts its own setting");
  }

  /// Both have a word `y"`, so the first one gets the second's.
  @Test
  void valuesThatAreTakenApartAreNamed() throws Exception {
    String document = "customization: {extraKernelArgs: ['a=\"x y\"', 'b=\"z y\"']}";
    for (String asset : new String[] {"metal-amd64-uki.efi", "metal-arm64.raw.zst"}) {
      assertThat(warnings("v1.13.2", asset, document))
          .singleElement()
          .asString()
          .startsWith("customization.extraKernelArgs: `b=\"z y\"` is not in one piece");
    }
  }

  @Test
  void aTextThatKernelsCutIsSaidToBeCut() throws Exception {
    String document = "customization: {extraKernelArgs: [a=%s]}".formatted("x".repeat(2_100));
    assertThat(warnings("v1.9.5", "cmdline-metal-amd64", document))
        .singleElement()
        .asString()
        .matches(
            "the kernel command line has 22\\d\\d bytes, of which kernels read 2047 and drop the"
                + " rest: shorten .*");
    assertThat(Warnings.of(configuration(document)))
        .singleElement()
        .asString()
        .contains("more bytes than kernels read");
  }

  @Test
  void metaThatTextCannotHoldIsNamedByKey() throws Exception {
    String document =
        "customization: {meta: [{key: 10, value: a;b}, {key: 12, value: ab}, {key: 255, value:"
            + " ;}]}";
    String begin = "customization.meta: the value of `key 0xa`, `key 0xff` contains a ;";
    assertThat(Warnings.of(configuration(document))).singleElement().asString().startsWith(begin);
    for (String asset : new String[] {"metal-amd64.iso", "cmdline-metal-amd64"}) {
      assertThat(warnings("v1.13.2", asset, document)).singleElement().asString().startsWith(begin);
    }
  }

  @Test
  void whatAUkiLeavesOutIsNamed() throws Exception {
    String document =
        "customization: {extraKernelArgs: [a, b, c, d, e], meta: [{key: 10, value: x}]}";
    assertThat(warnings("v1.9.5", "metal-amd64-uki.efi", document))
        .containsExactly(
            "customization.extraKernelArgs: `a`, `b`, `c` and 2 more is not in metal-amd64-uki.efi"
                + " of Talos v1.9.5, but from v1.10 on; boot an ISO",
            "customization.meta: `key 0xa` is not in metal-amd64-uki.efi; boot an ISO or a disk"
                + " image");
    assertThat(warnings("v1.13.2", "metal-amd64-uki.efi", document)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "v1.9.5, sd-boot, grub", "v1.9.5, dual-boot, grub", "v1.9.5, grub, ''",
    "v1.10.7, grub, dual-boot", "v1.11.0, sd-boot, dual-boot", "v1.11.0, dual-boot, ''",
    "v1.12.6, grub, ''", "v1.13.2, sd-boot, ''"
  })
  void aBootLoaderThatTheIsoDoesNotHaveIsNamed(String version, String asked, String built)
      throws Exception {
    List<String> warnings =
        warnings(version, "metal-amd64.iso", "customization: {bootloader: %s}".formatted(asked));
    if (built.isEmpty()) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings)
          .containsExactly(
              "customization.bootloader: this ISO has %s, not %s, which ISOs heed from Talos v1.12 on"
                  .formatted(built, asked));
    }
  }

  @Test
  void optionsOfSecureBootAreNamedWhereTheyAreIgnored() throws Exception {
    String document = "customization: {secureboot: {enrollKeys: bogus}}";
    for (String asset : new String[] {"aws-arm64.iso", "aws-arm64.raw.xz"}) {
      assertThat(warnings("v1.9.5", asset, document))
          .containsExactly(
              "customization.secureboot: only assets for secure boot heed it, such as"
                  + " aws-arm64-secureboot.iso");
    }
    assertThat(Warnings.of(configuration(document)))
        .singleElement()
        .asString()
        .contains("are refused with `bogus`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metal-amd64-secureboot-uki.efi | secureboot: {enrollKeys: force} | secureboot: metal-amd64-secureboot-uki.efi enrols no keys; ISOs and disk images do",
        "installer-amd64-secureboot.tar | secureboot: {includeWellKnownCertificates: true} | secureboot: installer-amd64-secureboot.tar enrols no keys; ISOs and disk images do",
        "metal-amd64-secureboot.iso | bootloader: grub | bootloader: assets for secure boot have sd-boot, not grub, which nobody signs",
        "metal-amd64-secureboot.raw.zst | bootloader: dual-boot | bootloader: assets for secure boot have sd-boot, not dual-boot, which nobody signs"
      })
  void whatAssetsForSecureBootLeaveOutIsNamed(String asset, String setting, String warning)
      throws Exception {
    assertThat(warnings("v1.13.2", asset, "customization: {" + setting + "}"))
        .containsExactly("customization." + warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metal-amd64-secureboot.iso", "metal-amd64-secureboot.raw.zst"})
  void mediaForSecureBootHeedTheirOptions(String asset) throws Exception {
    String document =
        "customization: {bootloader: sd-boot, secureboot: {enrollKeys: force,"
            + " includeWellKnownCertificates: true}}";
    assertThat(warnings("v1.13.2", asset, document)).isEmpty();
    BootKeys keys = RecordedKeys.KEYS;
    EnrolmentFiles<String> files = new EnrolmentFiles<>("a", "b", "c");
    BootKeys given =
        new BootKeys(keys.certificate(), keys.pcr(), Optional.of(files.map(PlanRequests::digest)));
    assertThat(
            Warnings.of(
                PlanRequests.of("v1.13.2", asset, configuration(document)),
                Optional.empty(),
                Optional.of(given)))
        .containsExactly(
            "customization.secureboot.includeWellKnownCertificates: %s enrols the files that the operator gave, whatever certificates they hold"
                .formatted(asset));
  }

  @Test
  void namesThatAreNoExtensionsAreNamed() throws Exception {
    String document =
        "customization: {systemExtensions: {officialExtensions: ['siderolabs/gvisor:1.0',"
            + " siderolabs/i915]}}";
    assertThat(Warnings.of(configuration(document)))
        .singleElement()
        .asString()
        .contains("officialExtensions: `siderolabs/gvisor:1.0` is no name");
  }

  @Test
  void textsSayWhichArgumentsOfAnOverlayTheyLack() throws Exception {
    String lacks = "/pxe/…). Machines that boot by these need, in customization.extraKernelArgs, ";
    assertThat(warnings("v1.9.5", "cmdline-metal-arm64", OVERLAY))
        .singleElement()
        .asString()
        .contains(lacks + "these arguments of it: console=tty0 console=ttyAMA0,115200 sysctl");
    assertThat(Warnings.of(configuration(OVERLAY.replace("rpi_generic", "mine"))))
        .singleElement()
        .asString()
        .endsWith(lacks + "them");
    assertThat(warnings("v1.9.5", "metal-arm64.iso", OVERLAY)).isEmpty();
  }

  @Test
  void largeSectorsBesideGrubAreNamed() throws Exception {
    String document = "customization: {diskImage: {sectorSize: 4096}, bootloader: %s}";
    assertThat(warnings("v1.13.2", "metal-amd64.raw.zst", document.formatted("grub")))
        .containsExactly(
            "customization.diskImage.sectorSize: with 4096 and grub, the EFI system partition has"
                + " fewer clusters than FAT32 should have, and some firmware may not read it."
                + " Choose the bootloader sd-boot (Talos v1.5 and later), or leave sectorSize out");
    for (String loader : new String[] {"sd-boot", "dual-boot"}) {
      assertThat(warnings("v1.13.2", "metal-amd64.raw.zst", document.formatted(loader))).isEmpty();
    }
    assertThat(warnings("v1.9.5", "metal-arm64.raw.xz", document.replace(", bootloader: %s", "")))
        .hasSize(1);
  }

  /// On a disk META has a partition of its own, and the boot loader is always the one asked for.
  @Test
  void disksHaveMetaAndBootLoaderAsTheConfigurationSays() throws Exception {
    for (String loader : new String[] {"grub", "sd-boot", "dual-boot"}) {
      String document =
          "customization: {bootloader: %s, meta: [{key: 10, value: a;b}]}".formatted(loader);
      assertThat(warnings("v1.9.5", "metal-amd64.raw.zst", document)).isEmpty();
    }
  }

  @Test
  void installersLeaveOutMetaAndBefore110Arguments() throws Exception {
    String document =
        "customization: {extraKernelArgs: [quiet], meta: [{key: 10, value: a}], bootloader: grub}";
    String meta =
        "customization.meta: key 0xa is not in installers, which leave META on the machine as it is;"
            + " boot an ISO or a disk image once, or use talosctl meta write";
    assertThat(warnings("v1.9.5", "installer-amd64.tar", document))
        .anySatisfy(line -> assertThat(line).endsWith(meta.substring(meta.indexOf(" is not"))))
        .contains(
            "customization.extraKernelArgs: `quiet` is not in installers of Talos v1.9.5, but from"
                + " v1.10 on; write it into machine.install.extraKernelArgs of the machine"
                + " configuration")
        .hasSize(2);
    assertThat(warnings("v1.10.7", "aws-installer-arm64.tar", document)).hasSize(1);
    assertThat(warnings("v1.10.7", "installer-amd64.tar", "{}")).isEmpty();
  }

  @Test
  void anOverlaysImageThatIsNotUsedIsNamed() throws Exception {
    String other = OVERLAY.replace("siderolabs/sbc-raspberrypi", "example/mine");
    for (String asset :
        new String[] {"metal-arm64.iso", "metal-arm64-uki.efi", "metal-arm64.raw.xz"}) {
      assertThat(warnings("v1.9.5", asset, other))
          .containsExactly(
              "overlay.image: `example/mine` is not used: the release has overlay `rpi_generic` in"
                  + " siderolabs/sbc-raspberrypi. Write overlay.image: siderolabs/sbc-raspberrypi");
    }
  }

  @Test
  void aMessageIsShortWhateverTheConfigurationHolds() throws Exception {
    String document =
        "customization: {extraKernelArgs: [%s]}"
            .formatted("'#%s\"', ".formatted("\u00e9".repeat(90)).repeat(1000) + "\"#\\u001b[2J\"");
    for (String warning : Warnings.of(configuration(document))) {
      assertThat(warning.length()).isLessThan(700);
      assertThat(warning).doesNotContainPattern("\\p{Cntrl}");
    }
    assertThat(Warnings.of(configuration("customization: {extraKernelArgs: [\"#\\e[2J\"]}")))
        .singleElement()
        .asString()
        .contains("`#?[2J`");
  }

  private static List<String> warnings(String version, String asset, String document)
      throws Exception {
    PlanRequest request = PlanRequests.of(version, asset, configuration(document));
    ReleaseDocument offered =
        new ReleaseDocument(
            request.version(),
            Optional.empty(),
            Optional.of(
                List.of(
                    new CatalogueOverlay(
                        "rpi_generic",
                        "siderolabs/sbc-raspberrypi",
                        "",
                        PlanRequests.digest("overlay")))),
            Optional.empty(),
            new InstallerBase.Absent());
    return Warnings.of(request, Optional.of(offered), Optional.of(RecordedKeys.KEYS));
  }

  private static Configuration configuration(String document) throws InvalidConfigurationException {
    return new ConfigurationDecoder(false).decode(document.getBytes(StandardCharsets.UTF_8));
  }
}
