package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Firmware that enrols the service's keys from an ISO, and what it starts and refuses to start
/// then.
@Boots
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SecureBootTest {
  private static final String VERSION = "v1.13.2";
  private static final String DENIED = "Access [Dd]enied|Security [Vv]iolation";

  private static final Pattern REGISTER = Pattern.compile("MINI-TALOS pcr11: ([0-9A-Fa-f]{64})");
  private static final Pattern PREDICTED =
      Pattern.compile(
          "\"profile\":\\s*\"main\",\\s*\"phase\":\\s*\"\",\\s*\"bank\":\\s*\"sha256\",\\s*\"pcr\":\\s*11,"
              + "\\s*\"value\":\\s*\"([0-9a-f]{64})\"");

  private Path folder = Path.of("unset");

  private String id = "";

  @SuppressWarnings("NullAway.Init") // before all tests
  private OwnService service;

  @BeforeAll
  void start(@TempDir Path place) throws Exception {
    folder = place;
    Path keys = folder.resolve("keys");
    try (ServiceProcess making =
        ServiceProcess.start(folder.resolve("output"), List.of("make-keys", keys.toString()))) {
      assertThat(making.awaitExit()).as(making.log()).isZero();
    }
    service =
        OwnService.start(
            BootMaterial.prepare(List.of("v1.9.5", VERSION))::machine,
            0,
            "--secure-boot",
            keys.toString());
    id = service.client().configure("{}");
  }

  @AfterAll
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
  }

  /// Firmware in setup mode takes the keys from the ISO, starts again, and verifies the same ISO.
  @Test
  @Order(1)
  void keysAreEnrolledFromAnIsoWhichThenBoots() throws Exception {
    Files.copy(Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd"), variables());
    String name = "metal-amd64-secureboot.iso";
    String log = boot("--iso", download(VERSION, name), "--tpm", folder.resolve("tpm").toString());
    assertThat(register(log)).isEqualToIgnoringCase(predicted(name));
    assertThat(log)
        .contains("MINI-TALOS firmware: uefi secureboot=1")
        .contains("MINI-TALOS efivar: LoaderEntrySelected=talos-" + VERSION + ".efi")
        .contains(" lockdown=confidentiality");
  }

  /// What firmware keeps of PK, KEK and db, as a program reads it that shares no code with either.
  @Test
  @Order(2)
  void firmwareHoldsTheCertificateOfTheService() throws Exception {
    Path stored = folder.resolve("variables.json");
    Command.Result read =
        Command.run(
            folder,
            List.of(
                "virt-fw-vars", "-i", variables().toString(), "--output-json", stored.toString()));
    assertThat(read.status()).as(read.output()).isZero();
    byte[] certificate = service.client().get("/secureboot/signing-cert.der").body();
    Map<String, String> values = new HashMap<>();
    for (JsonNode variable : new ObjectMapper().readTree(stored.toFile()).get("variables")) {
      values.put(variable.get("name").asText(), variable.get("data").asText());
    }
    assertThat(values).containsKeys("PK", "KEK", "db");
    assertThat(values.get("db")).contains(HexFormat.of().formatHex(certificate));
  }

  /// The register right after the stub has run, as the miniature release's init does not measure
  /// the phases that follow.
  private static String register(String log) {
    Matcher register = REGISTER.matcher(log);
    assertThat(register.find()).as(log).isTrue();
    return register.group(1);
  }

  private String predicted(String name) throws IOException, InterruptedException {
    String path = "/image/" + id + "/" + VERSION + "/" + name;
    String status = service.client().get(path, "accept", "application/json").text();
    Matcher predicted = PREDICTED.matcher(status);
    assertThat(predicted.find()).as(status).isTrue();
    return predicted.group(1);
  }

  @Tag("slow")
  @ParameterizedTest
  @Order(2)
  @CsvSource({"v1.9.5", VERSION})
  void aDiskBootsByEnrolledKeys(String version) throws Exception {
    String log = boot("--disk", unpacked(download(version, "metal-amd64-secureboot.raw.zst")));
    assertThat(log).contains("MINI-TALOS firmware: uefi secureboot=1");
  }

  @Test
  @Order(2)
  void whatIsNotSignedIsRefused() throws Exception {
    refused(download(VERSION, "metal-amd64.iso"));
  }

  /// One bit of the kernel, within the signed UKI.
  @Test
  @Order(2)
  void whatWasTamperedWithIsRefused() throws Exception {
    Path iso = folder.resolve("tampered.iso");
    Files.copy(download(VERSION, "metal-amd64-secureboot.iso"), iso);
    byte[] content = Files.readAllBytes(iso);
    byte[] kernel = "HdrS".getBytes(StandardCharsets.US_ASCII);
    int places = 0;
    try (RandomAccessFile file = new RandomAccessFile(iso.toFile(), "rw")) {
      for (int at = 0; at < content.length - kernel.length; at++) {
        if (startsWith(content, at, kernel)) {
          file.seek(at + 4L);
          file.write(content[at + 4] ^ 1);
          places++;
        }
      }
    }
    assertThat(places).as("the UKI in the file system and in the partition").isGreaterThan(1);
    refused(iso);
  }

  /// The other architecture, in a machine of its own.
  @Tag("slow")
  @Test
  @Order(3)
  void anArm64MachineEnrolsTheKeysAndRefusesWhatIsNotSigned() throws Exception {
    Path own = folder.resolve("arm64.fd");
    Files.copy(Path.of("/usr/share/AAVMF/AAVMF_VARS.fd"), own);
    String log = bootArm64(own, download(VERSION, "metal-arm64-secureboot.iso"));
    assertThat(log)
        .contains("MINI-TALOS firmware: uefi secureboot=1")
        .contains("MINI-TALOS efivar: LoaderEntrySelected=talos-" + VERSION + ".efi");
    bootArm64(
        own, download(VERSION, "metal-arm64.iso"), "--expect", DENIED, "--forbid", "MINI-TALOS");
  }

  private static String bootArm64(Path own, Path iso, String... more)
      throws IOException, InterruptedException {
    List<String> options =
        new java.util.ArrayList<>(
            List.of("--arch", "arm64", "--iso", iso.toString(), "--firmware", "secure"));
    options.addAll(List.of("--vars", own.toString()));
    options.addAll(List.of(more));
    return BootMaterial.boot(options.toArray(String[]::new));
  }

  private static boolean startsWith(byte[] content, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (content[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private void refused(Path iso) throws Exception {
    boot("--iso", iso, "--expect", DENIED, "--forbid", "MINI-TALOS");
  }

  private String boot(String medium, Path file, String... more)
      throws IOException, InterruptedException {
    List<String> options =
        new java.util.ArrayList<>(
            List.of(
                medium, file.toString(), "--firmware", "secure", "--vars", variables().toString()));
    options.addAll(List.of(more));
    return BootMaterial.boot(options.toArray(String[]::new));
  }

  private Path variables() {
    return folder.resolve("vars.fd");
  }

  private static Path unpacked(Path compressed) throws IOException, InterruptedException {
    Path image = Path.of(compressed.toString().replace(".zst", ""));
    Command.Result result =
        Command.run(
            compressed.resolveSibling("."),
            List.of("zstd", "-dqf", compressed.toString(), "-o", image.toString()));
    assertThat(result.status()).as(result.output()).isZero();
    return image;
  }

  private Path download(String version, String name) throws IOException, InterruptedException {
    Path file = Files.createDirectories(folder.resolve(version)).resolve(name);
    if (!Files.exists(file)) {
      Command.Result result =
          Command.run(
              file.resolveSibling("."),
              List.of(
                  "curl",
                  "-sSfLO",
                  service.process().url() + "image/" + id + "/" + version + "/" + name));
      assertThat(result.status()).as(result.output()).isZero();
    }
    return file;
  }
}
