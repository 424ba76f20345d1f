package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Downloads media of miniature releases and boots them.
@Boots
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BootTest {
  private static final List<String> VERSIONS = List.of("v1.7.6", "v1.9.5", "v1.13.2");
  private static final String CONFIGURATION =
      "customization: {extraKernelArgs: [boot.test=yes, hello=world], bootloader: grub}";

  private final Map<String, Path> media = new ConcurrentHashMap<>();
  private String id = "";

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService service;

  @BeforeAll
  void start() throws Exception {
    service = OwnService.start(BootMaterial.prepare(VERSIONS)::machine, 0);
    id = service.client().configure(CONFIGURATION);
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "v1.9.5, amd64, bios, iso",
    "v1.9.5, amd64, uefi, disk",
    "v1.9.5, arm64, uefi, iso",
    "v1.13.2, amd64, uefi, iso",
  })
  void bootsByGrub(String version, String architecture, String firmware, String medium)
      throws Exception {
    boots(version, architecture, firmware, medium);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "v1.7.6, amd64, bios, iso",
    "v1.9.5, amd64, bios, disk",
    "v1.9.5, amd64, uefi, iso",
    "v1.9.5, arm64, uefi, disk",
  })
  void bootsByGrubInEveryOtherWay(
      String version, String architecture, String firmware, String medium) throws Exception {
    boots(version, architecture, firmware, medium);
  }

  private void boots(String version, String architecture, String firmware, String medium)
      throws Exception {
    String name = "metal-" + architecture + ".iso";
    String log =
        boot(
            "--arch",
            architecture,
            "--firmware",
            firmware,
            "--" + medium,
            download(version, name).toString());
    assertThat(log).contains("MINI-TALOS version: " + version);
    assertThat(log).contains("MINI-TALOS firmware: " + firmware);
  }

  @Test
  void bootsKernelAndInitramfsWithTheCommandLine() throws Exception {
    String cmdline = Files.readString(download("v1.9.5", "cmdline-metal-amd64")).strip();
    boot(
        "--kernel", download("v1.9.5", "kernel-amd64").toString(),
        "--initrd", download("v1.9.5", "initramfs-amd64.xz").toString(),
        "--append", cmdline + " console=ttyS0");
  }

  /// The serial port's log of a machine that said that it runs.
  private String boot(String... arguments) throws Exception {
    String text = BootMaterial.boot(arguments);
    assertThat(text).contains("MINI-TALOS-BOOT-OK", "extension: schematic " + id);
    assertThat(text.lines().filter(line -> line.startsWith("MINI-TALOS cmdline: ")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("boot.test=yes hello=world"));
    return text;
  }

  private Path download(String version, String name) throws IOException, InterruptedException {
    Path known = media.get(version + name);
    if (known != null) {
      return known;
    }
    Path file = Files.createDirectories(service.folder().resolve(version)).resolve(name);
    Command.Result result =
        Command.run(
            file.resolveSibling("."),
            List.of(
                "curl",
                "-sSfLO",
                service.process().url() + "image/" + id + "/" + version + "/" + name));
    assertThat(result.status()).as(result.output()).isZero();
    media.put(version + name, file);
    return file;
  }
}
