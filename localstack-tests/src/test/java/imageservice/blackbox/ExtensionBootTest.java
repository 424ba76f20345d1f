package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Boots media with three extensions, one of them with a kernel module, one with firmware and
/// microcode, with META and, where the release knows it, an embedded machine configuration; by
/// every boot loader, and unified kernel images on a machine with a TPM. What the machine then says
/// on its serial port is what counts.
@Boots
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExtensionBootTest {
  private static final List<String> VERSIONS =
      List.of("v1.5.5", "v1.7.6", "v1.9.5", "v1.11.0", "v1.13.2", "v1.14.0");
  private static final String CUSTOMIZATION =
      """
      customization:
        extraKernelArgs: [boot.test=yes]
        meta: [{key: 10, value: "a=b"}]
        systemExtensions:
          officialExtensions: [siderolabs/mini-hello, siderolabs/mini-module, siderolabs/mini-firmware]
      """;
  private static final String META = "INSTALLER_META_BASE64=MHhhPWE9Yg==";
  private static final Pattern LAYER = Pattern.compile("MINI-TALOS extension: (\\S+) ");
  private static final Pattern REGISTER = Pattern.compile("MINI-TALOS pcr11: ([0-9A-Fa-f]{64})");

  private final Map<String, Path> media = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService service;

  @BeforeAll
  void start() throws Exception {
    service = OwnService.start(BootMaterial.prepare(VERSIONS)::machine, 0);
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
  @CsvSource({
    "v1.5.5, amd64, bios, iso, ''",
    "v1.9.5, arm64, uefi, iso, ''",
    "v1.11.0, amd64, uefi, disk, ''",
    "v1.13.2, amd64, bios, disk, ''",
    "v1.14.0, arm64, uefi, disk, sd-boot",
  })
  void bootsWithExtensions(
      String version, String architecture, String firmware, String medium, String bootLoader)
      throws Exception {
    boots(version, architecture, firmware, medium, bootLoader);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
  @CsvSource({
    "v1.7.6, amd64, uefi, iso, ''",
    "v1.11.0, amd64, bios, iso, ''",
    "v1.11.0, arm64, uefi, iso, ''",
    "v1.13.2, amd64, uefi, iso, ''",
    "v1.13.2, arm64, uefi, iso, ''",
    "v1.14.0, amd64, uefi, iso, sd-boot",
  })
  void bootsWithExtensionsInEveryOtherWay(
      String version, String architecture, String firmware, String medium, String bootLoader)
      throws Exception {
    boots(version, architecture, firmware, medium, bootLoader);
  }

  private void boots(
      String version, String architecture, String firmware, String medium, String bootLoader)
      throws Exception {
    boolean embeds = version.compareTo("v1.12") > 0 && version.length() > "v1.9.5".length();
    String id = service.client().configure(document(embeds, bootLoader));
    String log =
        BootMaterial.boot(
            "--arch",
            architecture,
            "--firmware",
            firmware,
            "--" + medium,
            download(id, version, "metal-" + architecture + ".iso").toString());
    assertThat(log).contains("MINI-TALOS version: " + version, "MINI-TALOS firmware: " + firmware);
    assertExtended(log, id, architecture, embeds);
    assertThat(commandLine(log)).contains("boot.test=yes", META);
    assertThat(log.contains("MINI-TALOS efivar: StubInfo=systemd-stub"))
        .as("whether a unified kernel image booted")
        .isEqualTo(firmware.equals("uefi") && !version.matches("v1\\.[5-9]\\..*"));
  }

  /// The register of a machine right after the stub has run, as the miniature release's init does
  /// not measure the phases that follow.
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"v1.9.5, amd64", "v1.14.0, arm64"})
  void bootsUnifiedKernelImagesAndMeasuresWhatWasPredicted(String version, String architecture)
      throws Exception {
    measures(version, architecture);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"v1.11.0, arm64", "v1.14.0, amd64"})
  void bootsOtherUnifiedKernelImages(String version, String architecture) throws Exception {
    measures(version, architecture);
  }

  private void measures(String version, String architecture) throws Exception {
    String id = service.client().configure(document(version.equals("v1.14.0"), ""));
    String name = "metal-" + architecture + "-uki.efi";
    Path image = download(id, version, name);
    String log =
        BootMaterial.boot(
            "--arch",
            architecture,
            "--firmware",
            "uefi",
            "--tpm",
            Files.createTempDirectory(service.folder(), "tpm").toString(),
            "--disk",
            systemPartition(image, architecture).toString());
    assertExtended(log, id, architecture, version.equals("v1.14.0"));
    Matcher register = REGISTER.matcher(log);
    assertThat(register.find()).as(log).isTrue();
    String status =
        service
            .client()
            .get("/image/" + id + "/" + version + "/" + name, "accept", "application/json")
            .text();
    Matcher predicted =
        Pattern.compile(
                "\"profile\":\\s*\"main\",\\s*\"phase\":\\s*\"\",\\s*\"bank\":\\s*\"sha256\",\\s*\"pcr\":\\s*11,"
                    + "\\s*\"value\":\\s*\"([0-9a-f]{64})\"")
            .matcher(status);
    assertThat(predicted.find()).as(status).isTrue();
    assertThat(register.group(1)).isEqualToIgnoringCase(predicted.group(1));
  }

  /// Nothing in a virtual machine takes microcode, so it is looked for in the file: uncompressed,
  /// in front of everything, where the kernel looks.
  @Test
  void microcodeIsInFrontOfTheInitramfs() throws Exception {
    String id = service.client().configure(document(false, ""));
    byte[] initramfs = Files.readAllBytes(download(id, "v1.9.5", "initramfs-amd64.xz"));
    String front = new String(initramfs, 0, 8192, StandardCharsets.ISO_8859_1);
    assertThat(front)
        .startsWith("070701")
        .contains("kernel/x86/microcode/AuthenticAMD.bin", "A".repeat(2048))
        .contains("kernel/x86/microcode/GenuineIntel.bin", "I".repeat(2048));
  }

  private static String document(boolean embeds, String bootLoader) {
    return CUSTOMIZATION
        + (embeds ? "  embeddedMachineConfiguration: \"machine: {embedded: yes}\"\n" : "")
        + (bootLoader.isEmpty() ? "" : "  bootloader: " + bootLoader + "\n");
  }

  private static void assertExtended(String log, String id, String architecture, boolean embeds) {
    List<String> layers = new ArrayList<>();
    LAYER.matcher(log).results().forEach(match -> layers.add(match.group(1)));
    List<String> expected =
        new ArrayList<>(List.of("mini-hello", "mini-module", "mini-firmware", "schematic"));
    if (embeds) {
      expected.add("embedded-config");
    }
    expected.add("modules.dep");
    assertThat(layers).isEqualTo(expected);
    assertThat(log)
        .contains("MINI-TALOS-BOOT-OK", "extension: schematic " + id)
        .contains("hello.txt: hello from mini-hello on " + architecture)
        .contains("MINI-TALOS module: vxlan loaded")
        .contains("firmware-file: /lib/firmware/mini/blob.bin 19");
    assertThat(log.contains("/usr/local/etc/talos/config.yaml: machine: {embedded: yes}"))
        .isEqualTo(embeds);
  }

  private static String commandLine(String log) {
    return log.lines()
        .filter(line -> line.startsWith("MINI-TALOS cmdline: "))
        .findFirst()
        .orElse("");
  }

  /// A disk that is one FAT with the image where firmware looks for a boot loader.
  private Path systemPartition(Path image, String architecture) throws Exception {
    Path disk = Files.createTempFile(service.folder(), "esp", ".img");
    Files.delete(disk);
    String loader = architecture.equals("amd64") ? "BOOTX64.EFI" : "BOOTAA64.EFI";
    run("mkfs.fat", "-C", "-F", "32", disk.toString(), "131072");
    run("mmd", "-i", disk.toString(), "::EFI", "::EFI/BOOT");
    run("mcopy", "-i", disk.toString(), image.toString(), "::EFI/BOOT/" + loader);
    return disk;
  }

  private void run(String... command) throws IOException, InterruptedException {
    Command.Result result = Command.run(service.folder(), List.of(command));
    assertThat(result.status()).as(result.output()).isZero();
  }

  private Path download(String id, String version, String name)
      throws IOException, InterruptedException {
    String address = "image/" + id + "/" + version + "/" + name;
    Path known = media.get(address);
    if (known != null) {
      return known;
    }
    Path file =
        Files.createDirectories(service.folder().resolve(id).resolve(version)).resolve(name);
    run("curl", "-sSfL", "-o", file.toString(), service.process().url() + address);
    media.put(address, file);
    return file;
  }
}
