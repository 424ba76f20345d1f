package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of releases without looking into their catalogues.
@ExtendWith(ServiceUnderTest.Shared.class)
final class CatalogueTest {
  private final Client client;

  CatalogueTest(ServiceUnderTest service) {
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/version/v1.9.99/extensions/official | 404 | version 1.9.99 is not available",
        "/version/v1.9.99/overlays/official | 404 | version 1.9.99 is not available",
        "/version/foo/extensions/official | 400 | invalid Talos version \"foo\"",
        "/version/v1.9.5/extensions | 404 | 404 page not found",
        "/talosctl/v1.9.99 | 404 | version 1.9.99 is not available",
        "/talosctl/v1.9.5/talosctl-linux-amd64 | 404 | version 1.9.5 is not available",
        "/talosctl/foo | 400 | invalid Talos version \"foo\""
      })
  void whatIsWrongIsSaidInOneLine(String path, int status, String text) throws Exception {
    Answer answer = client.get(path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(text + "\n");
    assertThat(answer.required("content-type")).isEqualTo("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/version/v1.5.5/overlays/official", "/talosctl/v1.9.5"})
  void oldReleasesHaveEmptyLists(String path) throws Exception {
    Answer list = client.get(path);
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).isEqualTo("[]\n");
    assertThat(list.required("content-type")).isEqualTo("application/json");
    assertThat(client.get(path, "If-None-Match", list.required("etag")).status()).isEqualTo(304);
    assertThat(client.head(path).required("content-length")).isEqualTo("3");
    Answer redirected = client.get(path + "/");
    assertThat(redirected.status()).isEqualTo(301);
    assertThat(redirected.required("location")).isEqualTo(path);
  }
}
