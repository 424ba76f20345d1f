package imageservice.functions.release;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueHandlerTest {
  private static final String DIGEST = "sha256:" + "7".repeat(64);
  private static final String EXTENSIONS = "/version/v1.11.0/extensions/official";
  private static final TalosVersion VERSION = TalosVersion.of(1, 11, 0);
  private static final ReleaseDocument DOCUMENT =
      new ReleaseDocument(
          VERSION,
          Optional.of(
              List.of(extension("siderolabs/b", "two\nlines\n"), extension("siderolabs/a", ""))),
          Optional.of(
              List.of(
                  new CatalogueOverlay(
                      "rpi_generic",
                      "siderolabs/sbc-raspberrypi",
                      "r.example/siderolabs/sbc-raspberrypi:v0.1.0",
                      new Digest(DIGEST)))),
          Optional.of(
              new Talosctl(
                  new Digest(DIGEST),
                  List.of("talosctl-windows-amd64.exe", "talosctl-linux-amd64"))),
          new InstallerBase.Absent());

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.6.8", "v1.9.5", "v1.11.0", "v1.13.2");
  }

  @Test
  void listsAreInTheOrderOfTheCatalogueAndMayBeKept() throws IOException {
    service.write(DOCUMENT);
    Response response = service.get(EXTENSIONS);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).contains("application/json");
    assertThat(response.header("cache-control")).contains("public, max-age=3600");
    assertThat(response.body().text())
        .isEqualTo(
            "[{\"name\":\"siderolabs/b\",\"ref\":\"r.example/siderolabs/b:1\",\"digest\":\"%1$s\",\"author\":\"me\",\"description\":\"two\\nlines\\n\"},{\"name\":\"siderolabs/a\",\"ref\":\"r.example/siderolabs/a:1\",\"digest\":\"%1$s\",\"author\":\"me\",\"description\":\"\"}]\n"
                .formatted(DIGEST));
    Map<String, String> known = Map.of("if-none-match", response.header("etag").orElseThrow());
    assertThat(service.send("GET", EXTENSIONS, known).status()).isEqualTo(304);
    assertThat(service.send("HEAD", "/version/1.11.0/extensions/official", Map.of()).body())
        .isEqualTo(response.body());
    assertThat(service.indexed).isEmpty();
  }

  @Test
  void overlaysAndTalosctlAreListed() throws IOException {
    service.write(DOCUMENT);
    assertThat(service.get("/version/v1.11.0/overlays/official").body().text())
        .isEqualTo(
            "[{\"name\":\"rpi_generic\",\"image\":\"siderolabs/sbc-raspberrypi\",\"ref\":\"r.example/siderolabs/sbc-raspberrypi:v0.1.0\",\"digest\":\"%s\"}]\n"
                .formatted(DIGEST));
    for (String version : List.of("v1.11.0", "1.11.0", "1.11", "v1.11")) {
      Response list = service.get("/talosctl/" + version);
      assertThat(list.body().text())
          .isEqualTo(
              "[\"https://factory.example/talosctl/v1.11.0/talosctl-linux-amd64\",\"https://factory.example/talosctl/v1.11.0/talosctl-windows-amd64.exe\"]\n");
      assertThat(list.header("content-type")).contains("application/json");
      assertThat(list.header("etag")).isPresent();
    }
  }

  @Test
  void whatOldReleasesNeverHadIsAnEmptyList() {
    for (String path : List.of("/version/v1.6.8", "/version/v1.0.0", "/version/1.6.99-beta.1")) {
      assertThat(service.get(path + "/overlays/official").body().text()).isEqualTo("[]\n");
    }
    assertThat(service.get("/talosctl/v1.9.5").body().text()).isEqualTo("[]\n");
    assertThat(service.indexed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/version/v1.9.99/extensions/official | 404 | version 1.9.99 is not available",
        "/version/v1.9.99/overlays/official | 404 | version 1.9.99 is not available",
        "/talosctl/v1.9.99 | 404 | version 1.9.99 is not available",
        "/talosctl/1.99 | 404 | version 1.99.0 is not available",
        "/version/v1.9/extensions/official | 400 | invalid Talos version \"v1.9\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/version/latest/overlays/official | 400 | invalid Talos version \"latest\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/talosctl/1 | 400 | invalid Talos version \"1\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/talosctl/foo | 400 | invalid Talos version \"foo\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/version/v1.13.2/extensions/official | 404 | version 1.13.2 has no catalogue of extensions",
        "/version/v1.13.2/overlays/official | 404 | version 1.13.2 has no catalogue of overlays",
        "/talosctl/v1.13.2 | 404 | version 1.13.2 has no talosctl downloads",
        "/version/v1.9.5/extensions | 404 | 404 page not found",
        "/version/v1.9.5/extensions/unofficial | 404 | 404 page not found"
      })
  void whatIsWrongIsSaid(String path, int status, String text) throws IOException {
    service.write(
        new ReleaseDocument(
            TalosVersion.of(1, 13, 2),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new InstallerBase.Absent()));
    Response response = service.get(path);
    assertThat(response.body().text()).isEqualTo(text + "\n");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("content-type")).contains(Response.TEXT);
    assertThat(service.indexed).isEmpty();
  }

  @Test
  void aFinalSlashIsTakenAway() {
    Response response = service.get(EXTENSIONS + "/");
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.header("location")).contains(EXTENSIONS);
  }

  @Test
  void aDocumentThatIsNotThereYetIsWaitedFor() {
    service.indexer(ignored -> service.after(Duration.ofSeconds(3), () -> service.write(DOCUMENT)));
    Instant before = service.now();
    assertThat(service.get(EXTENSIONS).status()).isEqualTo(200);
    assertThat(Duration.between(before, service.now()))
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThat(service.indexed).containsExactly(VERSION);
  }

  @Test
  void whoWaitedLongEnoughIsToldToComeAgain() {
    Instant before = service.now();
    Response response = service.get(EXTENSIONS);
    assertThat(Duration.between(before, service.now()))
        .isBetween(Duration.ofSeconds(24), Duration.ofSeconds(25));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).contains("5");
    assertThat(response.header("cache-control")).contains("no-store");
    assertThat(response.body().text())
        .isEqualTo("the catalogues of Talos v1.11.0 are being read for the first time\n");
    assertThat(service.indexed).hasSize(1);
  }

  @Test
  void indexingThatNeverEndsIsBegunAgain() {
    service.get(EXTENSIONS);
    assertThat(service.indexed).hasSize(1);
    service.get(EXTENSIONS);
    assertThat(service.indexed).hasSize(2);
  }

  @Test
  void anIndexerThatCannotBeReachedIsAskedAgain() {
    service.indexer(version -> {
      if (service.indexed.size() == 1) {
        throw new IOException("throttled");
      }
      service.write(DOCUMENT);
    });
    assertThat(service.get(EXTENSIONS).status()).isEqualTo(200);
    assertThat(service.indexed).hasSize(2);
  }

  @Test
  void whatCannotBeReadIsSaidAtOnce() {
    service.indexer(version ->
        service.after(Duration.ofSeconds(2), () -> service.failIndexing(version, "no answer")));
    Instant before = service.now();
    Response response = service.get(EXTENSIONS);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text())
        .isEqualTo("the catalogues of Talos v1.11.0 cannot be read now: no answer\n");
    assertThat(Duration.between(before, service.now()))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(service.get(EXTENSIONS).status()).isEqualTo(503);
    assertThat(service.indexed).hasSize(1);
  }

  @Test
  void anIndexerThatIsNeverReachedIsSaid() {
    service.indexer(version -> {
      throw new IOException("throttled");
    });
    Response response = service.get(EXTENSIONS);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text())
        .isEqualTo("the catalogues of Talos v1.11.0 cannot be read now: throttled\n");
  }

  @Test
  void manyCallersAtOnceCauseOneIndexing() throws Exception {
    service.standStill();
    service.indexer(version ->
        Thread.startVirtualThread(() -> service.afterPauses(1_000, () -> service.write(DOCUMENT))));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> calls =
          threads.invokeAll(Collections.nCopies(200, () -> service.get(EXTENSIONS)));
      for (Future<Response> call : calls) {
        assertThat(call.get().status()).isEqualTo(200);
      }
    }
    assertThat(service.indexed).containsExactly(VERSION);
  }

  private static CatalogueExtension extension(String name, String description) {
    return new CatalogueExtension(
        name, "r.example/" + name + ":1", new Digest(DIGEST), "me", description);
  }
}
