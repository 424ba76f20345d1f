package imageservice.functions.release;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.IdRule;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Versions and health.
final class ReleaseHandlersTest {
  private final TestService service = new TestService();

  @Test
  void versionsAreAscendingAndEndInALine() throws IOException {
    service.offering("v1.10.0", "v1.9.5", "v1.10.0-rc.0");
    Response response = service.get("/versions");
    assertThat(response.body().text()).isEqualTo("[\"v1.9.5\",\"v1.10.0-rc.0\",\"v1.10.0\"]\n");
    assertThat(response.header("content-type")).contains("application/json");
    assertThat(response.header("cache-control"))
        .contains("public, max-age=60, stale-while-revalidate=900");
    String tag = response.header("etag").orElseThrow();
    assertThat(service.send("GET", "/versions", Map.of("if-none-match", tag)).status())
        .isEqualTo(304);
    assertThat(service.send("HEAD", "/versions", Map.of()).status()).isEqualTo(200);
  }

  /// An empty list, or a 404 that caches keep, would tell clients that there is nothing.
  @Test
  void beforeAnIndexWasReadEveryAnswerIsThatItWillBe() throws IOException {
    service.post("{}");
    new ReleaseLedger(service.builds).fail("the registry does not answer");
    for (String path :
        List.of(
            "/versions",
            "/pxe",
            "/version/v1.9.5/extensions/official",
            "/version/v1.9.5/overlays/official",
            "/talosctl/v1.11.0",
            "/talosctl/v1.11.0/talosctl-linux-amd64",
            "/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64",
            "/pxe/" + TestService.EMPTY + "/v1.9.5/metal-amd64",
            "/readyz")) {
      Response early = service.get(path);
      assertThat(early.status()).as(path).isEqualTo(503);
      assertThat(early.header("retry-after")).contains("5");
      assertThat(early.header("cache-control")).contains("no-store");
      assertThat(early.body().text())
          .isEqualTo(
              "the releases of the source have not been read yet: the registry does not answer;"
                  + " ask again\n");
    }
    assertThat(service.get("/versions?broken=true").body().text()).isEqualTo("[]\n");
    assertThat(service.get("/image/" + "a".repeat(64) + "/v1.9.5/kernel-amd64").status())
        .isEqualTo(404);
  }

  @Test
  void brokenVersionsAreToldInTheOrderGiven() throws IOException {
    List<TalosVersion> broken = List.of(TalosVersion.of(1, 9, 0), TalosVersion.of(1, 8, 0));
    TestService withholding = new TestService(new IdRule.Plain(), broken).offering("v1.9.5");
    assertThat(withholding.get("/versions?broken=true").body().text())
        .isEqualTo("[\"v1.9.0\",\"v1.8.0\"]\n");
    for (String other : List.of("1", "TRUE", "", "true%20")) {
      assertThat(withholding.get("/versions?broken=" + other).body().text())
          .isEqualTo("[\"v1.9.5\"]\n");
    }
  }

  @Test
  void theProcessIsHealthyBeforeItIsReady() throws IOException {
    assertThat(service.get("/healthz").status()).isEqualTo(200);
    Response early = service.get("/readyz");
    assertThat(early.status()).isEqualTo(503);
    assertThat(early.body().text())
        .isEqualTo("the releases of the source have not been read yet; ask again\n");
    assertThat(early.header("retry-after")).contains("5");
    service.offering("v1.9.5");
    Response ready = service.get("/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body().length()).isZero();
    assertThat(ready.header("cache-control")).contains("no-store");
  }

  @Test
  void tablesOutOfReachAreNotReady() throws IOException {
    service.offering("v1.9.5");
    service.builds.broken = true;
    assertThat(service.get("/readyz").status()).isEqualTo(503);
    assertThat(service.get("/healthz").status()).isEqualTo(200);
  }
}
