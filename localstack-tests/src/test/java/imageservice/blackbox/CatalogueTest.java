package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of releases and what is in their catalogues.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class CatalogueTest {
  private final ServiceUnderTest service;
  private final Client client;

  CatalogueTest(ServiceUnderTest service) {
    this.service = service;
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
        "/version/foo/extensions/official | 400 | invalid Talos version \"foo\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/version/v1.9.5/extensions | 404 | 404 page not found",
        "/talosctl/v1.9.99 | 404 | version 1.9.99 is not available",
        "/talosctl/v1.9.5/talosctl-linux-amd64 | 404 | version 1.9.5 is not available",
        "/talosctl/foo | 400 | invalid Talos version \"foo\"; write all three numbers, such as v1.11.0; GET /versions lists what there is"
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

  @ParameterizedTest
  @CsvSource({"v1.5.5, false", "v1.9.5, true", "v1.13.2, true"})
  void theExtensionsOfAReleaseAreListed(String version, boolean described) throws Exception {
    Path source = service.releases();
    String texts =
        described
            ? "\"author\":\"The author\",\"description\":\"Says hello\\n\"}"
            : "\"author\":\"\",\"description\":\"\"}";
    String first = extension(source, "hello") + texts;
    StringBuilder all = new StringBuilder("[" + first);
    for (String name : List.of("single", "future", "piped", "stray", "firmware")) {
      all.append(",")
          .append(extension(source, name))
          .append("\"author\":\"\",\"description\":\"\"}");
    }
    assertList("/version/" + version + "/extensions/official", all + "]\n");
  }

  private String extension(Path source, String name) throws IOException {
    return "{\"name\":\"siderolabs/%1$s\",\"ref\":\"%2$s%1$s:v1.0.0\",\"digest\":\"%3$s\","
        .formatted(name, service.registry().prefix(), SyntheticCatalogue.digest(source, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.7.6", "v1.13.2"})
  void theOverlaysOfAReleaseAreListed(String version) throws Exception {
    Path source = service.releases();
    String expected =
        """
        [{"name":"rpi_generic","image":"siderolabs/sbc-raspberrypi",\
        "ref":"%1$ssbc-raspberrypi:v0.1.0","digest":"%2$s"},\
        {"name":"mini-board","image":"siderolabs/sbc-mini",\
        "ref":"%1$ssbc-mini:v0.1.0","digest":"%3$s"}]
        """
            .formatted(
                service.registry().prefix(),
                SyntheticCatalogue.digest(source, "sbc-raspberrypi"),
                SyntheticCatalogue.digest(source, "sbc-mini"));
    assertList("/version/" + version + "/overlays/official", expected);
  }

  private void assertList(String path, String expected) throws Exception {
    Answer list = client.get(path);
    assertThat(list.status()).as(list.toString()).isEqualTo(200);
    assertThat(list.text()).isEqualTo(expected);
    assertThat(list.required("content-type")).isEqualTo("application/json");
    assertThat(list.required("cache-control")).isEqualTo("public, max-age=3600");
    Answer head = client.head(path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.required("content-length")).isEqualTo("" + list.body().length);
    Answer unchanged = client.get(path, "If-None-Match", list.required("etag"));
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.required("etag")).isEqualTo(list.required("etag"));
    assertThat(client.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void everybodyWhoAsksFirstIsAnswered(@TempDir Path folder) throws Exception {
    try (ServiceProcess own = Machine.in(folder).serve(0);
        Client everybody = new Client(own.url());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> requests =
          Collections.nCopies(50, () -> everybody.get("/version/v1.7.6/extensions/official"));
      for (Future<Answer> answer : threads.invokeAll(requests)) {
        assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(200);
        assertThat(answer.get().text()).contains("siderolabs/hello", "siderolabs/stray");
      }
    }
  }

  @Test
  void aListThatWasReadOutlivesItsSourceAndARestart(@TempDir Path folder) throws Exception {
    Machine machine = Machine.in(folder);
    String path = "/version/v1.9.5/extensions/official";
    String list;
    try (ServiceProcess own = machine.serve(0);
        Client first = new Client(own.url())) {
      list = first.get(path).text();
      assertThat(list).contains("siderolabs/hello");
      ServiceUnderTest.delete(machine.releases());
      assertThat(first.get(path).text()).isEqualTo(list);
    }
    Files.createDirectory(machine.releases());
    try (ServiceProcess own = machine.serve(0);
        Client second = new Client(own.url())) {
      Answer again = second.get(path);
      assertThat(again.status()).as(again.toString()).isEqualTo(200);
      assertThat(again.text()).isEqualTo(list);
    }
  }
}
