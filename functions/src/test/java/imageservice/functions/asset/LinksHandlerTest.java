package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetKind;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinksHandlerTest {
  private static final String LINKS = "/image/" + TestService.EMPTY + "/v1.11.0";
  private static final String KERNEL =
      "{\"name\":\"kernel-amd64\",\"kind\":\"kernel\",\"url\":\"https://factory.example"
          + LINKS
          + "/kernel-amd64\",\"architecture\":\"amd64\",\"warnings\":[],";

  private final TestService service = new TestService();

  @BeforeEach
  void offer() throws IOException {
    service.offering("v1.6.7", "v1.11.0");
  }

  @Test
  void listsWhatThereIsForMetalAndStartsNothing() {
    Response answer = service.get(LINKS);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).contains("application/json");
    assertThat(answer.header("cache-control")).contains("no-store");
    assertThat(answer.body().text())
        .contains(
            "\"platform\":\"metal\"",
            KERNEL + "\"state\":\"unbuilt\"}",
            "\"metal-amd64.iso\"",
            "\"metal-arm64.raw.zst\"",
            "\"documents\":[\".sha256\",\".sha512\",\".spdx.json\",\".provenance.json\",\".plan.json\"]",
            "\"installers\":[\"factory.example/metal-installer/"
                + TestService.EMPTY
                + ":v1.11.0\"]",
            "\"https://factory.example/pxe/" + TestService.EMPTY + "/v1.11.0/metal-arm64\"")
        .doesNotContain("secureboot");
    assertThat(service.orders).isEmpty();
    assertThat(service.indexed).isEmpty();
  }

  @Test
  void tellsWhatIsReady() {
    service.quickBuilder().get(LINKS + "/kernel-amd64");
    assertThat(service.get(LINKS).body().text())
        .contains(
            KERNEL + "\"state\":\"ready\",\"size\":42,\"sha256\":\"" + "ab".repeat(32) + "\"}");
  }

  @Test
  void tellsAboutHowLongABuildTakes() throws IOException {
    assertThat(service.get(LINKS).body().text()).doesNotContain("buildSeconds");
    service.ledger.pace().note(AssetKind.KERNEL, Duration.ofMillis(1_200));
    assertThat(service.get(LINKS + "?arch=amd64").body().text())
        .contains(KERNEL + "\"buildSeconds\":2,\"state\":\"unbuilt\"}")
        .containsOnlyOnce("buildSeconds");
  }

  @Test
  void listsOnePlatformAndArchitecture() {
    assertThat(service.get(LINKS + "?platform=hcloud&arch=amd64").body().text())
        .contains("\"hcloud-amd64.raw.xz\"", "hcloud-installer")
        .doesNotContain("arm64", ".iso\"", "/pxe/");
  }

  @Test
  void olderReleasesHaveOneInstaller() {
    assertThat(
            service
                .get("/image/" + TestService.EMPTY + "/v1.6.7?platform=aws&arch=amd64")
                .body()
                .text())
        .contains("factory.example/installer/" + TestService.EMPTY + ":v1.6.7");
  }

  @Test
  void aBrowserGetsThePageUnlessSomethingIsWrong() {
    Map<String, String> browser =
        Map.of(
            "accept", "text/html,*/*", "sec-fetch-mode", "navigate", "sec-fetch-dest", "document");
    Response page = service.send("GET", LINKS, browser);
    assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.header("vary").orElseThrow()).contains("Sec-Fetch-Mode", "Accept");
    Response wrong = service.send("GET", "/image/" + TestService.EMPTY + "/v1.99.0", browser);
    assertThat(wrong.status()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(service.get("/image/" + "0".repeat(64) + "/v1.11.0").status()).isEqualTo(404);
    assertThat(service.get("/image/short/v1.11.0").status()).isEqualTo(404);
    assertThat(service.get("/image/" + TestService.EMPTY + "/new").status()).isEqualTo(400);
    assertThat(service.get("/image/" + TestService.EMPTY + "/v1.99.0").status()).isEqualTo(404);
    Response architecture = service.get(LINKS + "?arch=x86_64");
    assertThat(architecture.status()).isEqualTo(400);
    assertThat(architecture.body().text())
        .startsWith("unknown architecture \"x86_64\"; there are amd64 and arm64");
    Response platform = service.get(LINKS + "?platform=moon");
    assertThat(platform.status()).isEqualTo(400);
    assertThat(platform.body().text()).startsWith("unknown platform \"moon\"; there are ");
    Response secureBoot = service.get(LINKS + "?secureboot=yes");
    assertThat(secureBoot.status()).isEqualTo(400);
    assertThat(secureBoot.body().text()).startsWith("secureboot is true or false, not \"yes\"");
  }
}
