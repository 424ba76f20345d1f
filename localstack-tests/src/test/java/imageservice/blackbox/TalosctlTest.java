package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imageservice.blackbox.Client.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Binaries of talosctl, for releases that bring them.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class TalosctlTest {
  private final ServiceUnderTest service;
  private final Client client;

  TalosctlTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeEach
  void requireOwnReleases() {
    assumeTrue(service.hasSyntheticRelease(), "SKIPPED: compares with the synthetic release");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({"v1.11.0, v1.11.0", "1.11, v1.11.0", "v1.13.2, v1.13.2"})
  void theListHasAnAddressForEachBinary(String asked, String version) throws Exception {
    Answer list = client.get("/talosctl/" + asked);
    assertThat(list.status()).as(list.toString()).isEqualTo(200);
    String links =
        String.join(
            ",",
            SyntheticCatalogue.TALOSCTL.stream()
                .map(file -> "\"" + service.url() + "talosctl/" + version + "/" + file + "\"")
                .toList());
    assertThat(list.text()).isEqualTo("[" + links + "]\n");
    assertThat(list.required("content-type")).isEqualTo("application/json");
    assertThat(client.get("/talosctl/" + asked, "If-None-Match", list.required("etag")).status())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"talosctl-linux-amd64", "talosctl-darwin-arm64", "talosctl-windows-amd64.exe"})
  void aBinaryIsDownloadedThroughARedirect(String file) throws Exception {
    String path = "/talosctl/v1.11.0/" + file;
    byte[] expected = SyntheticCatalogue.talosctl("v1.11.0", file);
    Answer downloaded = client.download(path);
    assertThat(downloaded.status()).as(downloaded.toString()).isEqualTo(200);
    assertThat(downloaded.body()).isEqualTo(expected);
    assertThat(downloaded.required("content-length")).isEqualTo("" + expected.length);
    assertThat(downloaded.required("content-disposition"))
        .isEqualTo("attachment; filename=\"" + file + "\"");
    assertThat(client.get(path).status()).isEqualTo(302);
    Answer head = client.follow("HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.required("content-length")).isEqualTo("" + expected.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"talosctl-plan9-amd64", "LICENSE", "talosctl", "index.json"})
  void noOtherFileIsThere(String file) throws Exception {
    Answer refused = client.get("/talosctl/v1.11.0/" + file);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text())
        .isEqualTo("version 1.11.0 has no file \"" + file + "\"; see /talosctl/v1.11.0\n");
  }
}
