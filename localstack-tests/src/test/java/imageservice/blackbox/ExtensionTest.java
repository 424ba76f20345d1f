package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import imageservice.blackbox.Client.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Assets with extensions, and extensions that cannot be used.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class ExtensionTest {
  private final ServiceUnderTest service;
  private final Client client;

  ExtensionTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeEach
  void requireOwnReleases() {
    assumeTrue(service.hasSyntheticRelease(), "SKIPPED: takes the synthetic extensions");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({"v1.9.5, amd64", "v1.9.5, arm64", "v1.13.2, amd64"})
  void theExtensionFollowsTheReleasesInitramfs(String version, String architecture)
      throws Exception {
    String path = path(configure("hello"), version, "initramfs-" + architecture + ".xz");
    byte[] whole = downloaded(path);
    byte[] base = SyntheticRelease.initramfs(version, architecture, 1);
    assertThat(Arrays.copyOf(whole, base.length)).isEqualTo(base);
    String added = unpacked(Arrays.copyOfRange(whole, base.length, whole.length));
    assertThat(added)
        .startsWith("070701")
        .contains("0.sqsh", "1.sqsh", "extensions.yaml", "name: hello", "name: schematic");
    assertThat(client.get(path).status()).isEqualTo(302);
    assertThat(client.follow("HEAD", path).required("content-length")).isEqualTo("" + whole.length);
  }

  @Test
  void firmwareLiesBesideTheImage() throws Exception {
    String path = path(configure("firmware"), "v1.9.5", "initramfs-amd64.xz");
    byte[] whole = downloaded(path);
    int base = SyntheticRelease.initramfs("v1.9.5", "amd64", 1).length;
    assertThat(unpacked(Arrays.copyOfRange(whole, base, whole.length)))
        .contains(SyntheticCatalogue.FIRMWARE);
  }

  @Test
  void everyWayToTheSameConfigurationLeadsToTheSameBytes(@TempDir Path folder) throws Exception {
    String yaml = yaml("hello");
    String path = path(client.configure(yaml), "v1.9.5", "initramfs-amd64.xz");
    byte[] first = downloaded(path);
    assertThat(Hash.sha256(downloaded(path))).isEqualTo(Hash.sha256(first));
    Path configuration = Files.writeString(folder.resolve("config.yaml"), yaml);
    Path out = folder.resolve("initramfs");
    Machine other = Machine.in(folder.resolve("other"));
    try (ServiceProcess build =
        other.command(
            "build",
            "--configuration",
            configuration.toString(),
            "--version",
            "v1.9.5",
            "--asset",
            "initramfs-amd64.xz",
            "--output",
            out.toString(),
            "--external-url",
            service.url())) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    assertThat(out).hasBinaryContent(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metal-amd64-uki.efi", "metal-arm64-uki.efi"})
  void unifiedKernelImagesCarryExtensions(String name) throws Exception {
    String path = path(configure("hello"), "v1.11.0", name);
    byte[] image = downloaded(path);
    assertThat(text(image)).startsWith("MZ").contains(".initrd", ".cmdline", ".osrel");
    assertExactLength(path, image);
  }

  @ParameterizedTest
  @CsvSource({"v1.9.5, amd64", "v1.11.0, amd64", "v1.11.0, arm64", "v1.13.2, arm64"})
  void mediaCarryExtensions(String version, String architecture) throws Exception {
    String path = path(configure("hello"), version, "metal-" + architecture + ".iso");
    byte[] image = downloaded(path);
    assertThat(new String(image, 32_769, 5, StandardCharsets.US_ASCII)).isEqualTo("CD001");
    assertExactLength(path, image);
  }

  private void assertExactLength(String path, byte[] image) throws Exception {
    Answer again = client.follow("HEAD", path);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.required("content-length")).isEqualTo("" + image.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "helo | amd64 | error enhancing profile from schematic: official extension \"siderolabs/helo\" is not available for Talos version v1.9.5 (close names: siderolabs/hello); GET /version/v1.9.5/extensions/official lists what there is",
        "completely-different | amd64 | error enhancing profile from schematic: official extension \"siderolabs/completely-different\" is not available for Talos version v1.9.5; GET /version/v1.9.5/extensions/official lists what there is",
        "single | arm64 | extension \"siderolabs/single\" has no arm64 build",
        "future | amd64 | extension \"siderolabs/future\": version constraint >= 99.0.0 can't be satisfied with Talos version 1.9.5",
        "stray | amd64 | extension \"siderolabs/stray\": unexpected file \"README.md\""
      })
  void whatCannotBeUsedIsSaid(String extension, String architecture, String text) throws Exception {
    assertThat(refusal(extension, "initramfs-" + architecture + ".xz")).isEqualTo(text + "\n");
  }

  @Test
  void whatOneArchitectureLacksTheOtherHas() throws Exception {
    assertThat(downloaded(path(configure("single"), "v1.9.5", "initramfs-amd64.xz"))).isNotEmpty();
  }

  @Test
  void pipesAreNeverMade() throws Exception {
    String digest = SyntheticCatalogue.digest(service.releases(), "piped");
    assertThat(refusal("piped", "metal-amd64.iso"))
        .startsWith("extension \"siderolabs/piped\": piped@" + digest)
        .contains("rootfs/usr/pipe is a pipe, which is never made");
  }

  /// The same for the one who comes first and for those who come later.
  private String refusal(String extension, String name) throws Exception {
    String path = path(configure(extension), "v1.9.5", name);
    Answer first = client.download(path);
    assertThat(first.status()).as(first.toString()).isEqualTo(400);
    assertThat(first.text().strip().lines()).hasSize(1);
    Answer second = client.download(path);
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.text()).isEqualTo(first.text());
    return first.text();
  }

  @Test
  void whoAsksHowItStandsLearnsWhatItIsMadeOfAndNoSecret() throws Exception {
    String argument = "status=" + UUID.randomUUID();
    String id =
        client.configure(
            """
            customization:
              extraKernelArgs: [%s]
              embeddedMachineConfiguration: "machine: {token: confidential}"
              systemExtensions: {officialExtensions: [siderolabs/hello]}
            """
                .formatted(argument));
    String path = path(id, "v1.13.2", "metal-amd64.iso");
    Answer begun = client.get(path, "Accept", "application/json");
    assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
    assertExplained(begun.text(), argument);
    downloaded(path);
    Answer ready = client.get(path, "Accept", "application/json");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.text()).contains("\"state\":\"ready\"", "\"measurements\":[");
    assertExplained(ready.text(), argument);
    assertThat(service.log()).doesNotContain("confidential");
  }

  @Test
  void whoPrefersJsonGetsAProblemDocument() throws Exception {
    String path = path(configure("stray"), "v1.9.5", "metal-amd64.iso");
    assertThat(client.download(path).status()).isEqualTo(400);
    Answer refused = client.get(path, "Accept", "application/json");
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.required("content-type")).startsWith("application/problem+json");
    assertThat(refused.text())
        .contains("extension \\\"siderolabs/stray\\\": unexpected file \\\"README.md\\\"");
  }

  private void assertExplained(String status, String argument) throws IOException {
    Path source = service.releases();
    String digest = SyntheticCatalogue.digest(source, "hello");
    assertThat(status)
        .contains("\"recipe\":\"hybrid-iso/", "\"commandLine\":\"talos.platform=metal ")
        .contains(" " + argument)
        .contains(
            "{\"repository\":\"siderolabs/hello\",\"digest\":\""
                + digest
                + "\",\"architecture\":\"amd64\"}")
        .contains("{\"name\":\"siderolabs/hello\",\"digest\":\"" + digest + "\"}")
        .contains("\"name\":\"schematic\"", "\"name\":\"embedded-config\"")
        .contains("\"path\":\"usr/install/amd64/systemd-stub.efi\"")
        .doesNotContain("confidential");
  }

  private byte[] downloaded(String path) throws Exception {
    Answer answer = client.download(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.required("content-length")).isEqualTo("" + answer.body().length);
    return answer.body();
  }

  private String configure(String extension) throws Exception {
    return client.configure(yaml(extension));
  }

  /// A configuration that nobody asked for before.
  private static String yaml(String extension) {
    return """
    customization:
      extraKernelArgs: [fresh=%s]
      systemExtensions: {officialExtensions: [siderolabs/%s]}
    """
        .formatted(UUID.randomUUID(), extension);
  }

  private static String path(String id, String version, String name) {
    return "/image/%s/%s/%s".formatted(id, version, name);
  }

  private static String unpacked(byte[] archive) throws IOException {
    try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(archive))) {
      return text(in.readAllBytes());
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
