package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageservice.blackbox.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Overlays: one whose kernel arguments the service knows, one that has to be asked for its own.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class OverlayTest {
  private final ServiceUnderTest service;
  private final Client client;

  OverlayTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeEach
  void requireOwnReleases() {
    assumeTrue(service.hasSyntheticRelease(), "SKIPPED: takes the synthetic overlays");
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// The consoles of the platform give way to the overlay's, in their place.
  @ParameterizedTest
  @CsvSource({
    "v1.7.6, metal-arm64-uki.efi, ''",
    "v1.9.5, metal-arm64.iso, ' talos.halt_if_installed=1'",
    "v1.11.0, metal-arm64-uki.efi, ''",
    "v1.13.2, metal-arm64.iso, ' talos.halt_if_installed=1'"
  })
  void aKnownOverlayAddsItsKernelArguments(String version, String name, String ofIso)
      throws Exception {
    String path =
        path(client, "{image: siderolabs/sbc-raspberrypi, name: rpi_generic}", version, name);
    String line =
        "talos.platform=metal console=tty0 console=ttyAMA0,115200%s sysctl.kernel.kexec_load_disabled=1 talos.dashboard.disabled=1 "
            .formatted(ofIso);
    Answer status = client.get(path, "Accept", "application/json");
    assertThat(status.status()).as(status.toString()).isEqualTo(202);
    assertThat(status.text()).contains("\"commandLine\":\"" + line);
    Answer asset = client.download(path);
    assertThat(asset.status()).as(asset.toString()).isEqualTo(200);
    assertThat(text(asset)).contains(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rpi-generic | v1.9.5 | error enhancing profile from schematic: official overlay \"rpi-generic\" is not available for Talos version v1.9.5 (close names: rpi_generic); GET /version/v1.9.5/overlays/official lists what there is",
        "mini-board | v1.9.5 | error enhancing profile from schematic: the kernel arguments of overlay \"mini-board\" are not known to this service, and it may not run the overlay's own program; its operator can allow that",
        "rpi_generic | v1.5.5 | error enhancing profile from schematic: overlay is not supported for Talos version v1.5.5"
      })
  void whatCannotBeUsedIsSaid(String overlay, String version, String text) throws Exception {
    Answer refused =
        client.download(
            path(
                client,
                "{image: siderolabs/sbc-mini, name: " + overlay + "}",
                version,
                "metal-arm64.iso"));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text()).isEqualTo(text + "\n");
  }

  @Test
  void anOperatorMayHaveOverlaysAsked(@TempDir Path folder) throws Exception {
    try (ServiceProcess own = Machine.in(folder).serve(0, "--run-overlay-programs");
        Client other = new Client(own.url())) {
      String path =
          path(
              other,
              "{image: siderolabs/sbc-mini, name: mini-board, options: {speed: fast}}",
              "v1.11.0",
              "metal-arm64-uki.efi");
      assertThat(other.get(path, "Accept", "application/json").text())
          .contains("\"commandLineWithoutOverlay\":", "\"path\":\"installers/mini-board\"");
      Answer asset = other.download(path);
      if (hasNameSpaces(folder)) {
        assertThat(asset.status()).as(asset.toString()).isEqualTo(200);
        assertThat(text(asset))
            .containsPattern(
                "talos\\.platform=metal [^\0]*"
                    + SyntheticCatalogue.BOARD_ARGUMENT
                    + " "
                    + SyntheticCatalogue.FAST_ARGUMENT);
        assertFailingProgramIsTheRequestsFault(other);
        assertProgramWritesItsDisk(other);
      } else {
        assertThat(asset.status()).as(asset.toString()).isIn(400, 503);
        assertThat(asset.text())
            .startsWith(
                "programs of overlays run in a sandbox alone, which this machine does not give");
      }
    }
  }

  /// With the entries of the partition table behind what it wrote, and its file beside GRUB's.
  private static void assertProgramWritesItsDisk(Client client) throws Exception {
    String path =
        path(client, "{image: siderolabs/sbc-mini, name: mini-board}", "v1.9.5", "metal-arm64.raw");
    assertThat(bytes(client, path, BoardProgram.PLACE, 14)).isEqualTo("no such speed\n");
    assertThat(bytes(client, path, 512, 8)).isEqualTo("EFI PART");
    assertThat(bytes(client, path, 2_050L * 512 + 56, 6)).isEqualTo("E\0F\0I\0");
    assertThat(bytes(client, path, 4_096L * 512, 4 << 20))
        .contains("BOARD   TXT", "name: mini-board\n");
  }

  private static String bytes(Client client, String path, long first, int count) throws Exception {
    String range = "bytes=%d-%d".formatted(first, first + count - 1);
    Answer part = client.follow("GET", path, "Range", range);
    assertThat(part.status()).as(part.toString()).isEqualTo(206);
    return text(part);
  }

  private static void assertFailingProgramIsTheRequestsFault(Client client) throws Exception {
    Answer refused =
        client.download(
            path(
                client,
                "{image: siderolabs/sbc-mini, name: mini-board, options: {speed: none}}",
                "v1.11.0",
                "metal-arm64-uki.efi"));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text())
        .isEqualTo("overlay \"mini-board\": its program ended with 3 and said \"no such speed\"\n");
  }

  /// Whether this machine lets a program be shut in.
  private static boolean hasNameSpaces(Path folder) throws Exception {
    List<String> probe =
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
            "true");
    return Command.run(folder, probe).status() == 0;
  }

  /// The address of an asset with an overlay that nobody asked for before.
  private static String path(Client client, String overlay, String version, String name)
      throws Exception {
    String id =
        client.configure(
            "overlay: %s\ncustomization: {extraKernelArgs: [fresh=%s]}\n"
                .formatted(overlay, UUID.randomUUID()));
    return "/image/%s/%s/%s".formatted(id, version, name);
  }

  private static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.ISO_8859_1);
  }
}
