package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.functions.http.WaitingRoom;
import imageservice.json.JsonFields;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import imageservice.plan.Input;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Assets that take a release's document: talosctl, and media with extensions.
final class TalosctlHandlerTest {
  private static final Digest IMAGE = new Digest("sha256:" + "7".repeat(64));
  private static final String LINUX = "/talosctl/v1.11.0/talosctl-linux-amd64";
  private static final ReleaseDocument DOCUMENT =
      new ReleaseDocument(
          TalosVersion.of(1, 11, 0),
          Optional.of(List.of(new CatalogueExtension("siderolabs/x", "x:1", IMAGE, "", ""))),
          Optional.empty(),
          Optional.of(
              new Talosctl(IMAGE, List.of("talosctl-linux-amd64", "talosctl-windows-amd64.exe"))),
          new InstallerBase.Absent());

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5", "v1.11.0", "v1.13.2").quickBuilder();
  }

  @Test
  void aBinaryIsBuiltStoredAndLinkedLikeAnyAsset() throws IOException {
    service.write(DOCUMENT);
    Response response = service.get(LINUX);
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("location").orElseThrow())
        .matches("https://bucket[.]example/g[0-9a-f]{8}" + LINUX + "[?]method=GET");
    assertThat(response.header("cache-control")).contains("private, no-store");
    assertThat(service.orders.getFirst().plan())
        .isEqualTo(
            AssetKey.of(
                new BuildPlan.Talosctl(
                    new Input.ImageFile("talosctl-all", IMAGE, "talosctl-linux-amd64"))));
    service.builds.calls.clear();
    for (String version : List.of("1.11", "v1.11.0", "1.11.0")) {
      assertThat(
              service
                  .send("HEAD", "/talosctl/" + version + "/talosctl-linux-amd64", Map.of())
                  .header("location")
                  .orElseThrow())
          .endsWith("method=HEAD");
    }
    assertThat(service.builds.calls).hasSize(3);
    assertThat(service.orders).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1.9.5/talosctl-linux-amd64 | 404 | version 1.9.5 is not available",
        "v1.9.99/talosctl-linux-amd64 | 404 | version 1.9.99 is not available",
        "v1.13.2/talosctl-linux-amd64 | 404 | version 1.13.2 is not available",
        "foo/talosctl-linux-amd64 | 400 | invalid Talos version \"foo\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "v1.11.0/talosctl-plan9-amd64 | 404 | version 1.11.0 has no file \"talosctl-plan9-amd64\"; see /talosctl/v1.11.0",
        "v1.11.0/..%2fetc | 404 | version 1.11.0 has no file \"..%2fetc\"; see /talosctl/v1.11.0",
        "v1.11.0/.. | 404 | version 1.11.0 has no file \"..\"; see /talosctl/v1.11.0"
      })
  void onlyFilesOfTheReleaseAreThere(String path, int status, String text) throws IOException {
    service.write(DOCUMENT);
    service.write(
        new ReleaseDocument(
            TalosVersion.of(1, 13, 2),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new InstallerBase.Absent()));
    Response response = service.get("/talosctl/" + path);
    assertThat(response.body().text()).isEqualTo(text + "\n");
    assertThat(response.status()).isEqualTo(status);
    assertThat(service.orders).isEmpty();
  }

  @Test
  void buildsTellWhatABinaryIsMadeOf() throws Exception {
    service.write(DOCUMENT);
    service.get(LINUX);
    JsonFields status =
        JsonFields.parse(
            service.get("/builds/" + service.orders.getFirst().address().buildId()).body().text());
    assertThat(status.text("asset")).isEqualTo(LINUX);
    JsonFields input = status.object("plan").objects("inputs").getFirst();
    assertThat(input.text("digest")).isEqualTo(IMAGE.value());
    assertThat(input.text("path")).isEqualTo("talosctl-linux-amd64");
  }

  @Test
  void aDocumentThatIsNotThereYetIsWaitedForBeforeTheBuild() throws Exception {
    ConfigurationId id =
        service.post("customization: {systemExtensions: {officialExtensions: [siderolabs/x]}}");
    service.indexer(version -> service.after(Duration.ofSeconds(3), () -> service.write(DOCUMENT)));
    Response response = service.get("/image/" + id + "/v1.11.0/initramfs-amd64.xz");
    assertThat(response.status()).isEqualTo(302);
    assertThat(service.indexed).hasSize(1);
    assertThat(
            BuildPlanJson.read(service.plans.find(service.orders.getFirst().plan()).orElseThrow())
                .inputs())
        .contains(new Input.ExtensionImage("siderolabs/x", IMAGE, Architecture.AMD64));
  }

  @Test
  void clientsAreSentRoundWhileADocumentIsRead() {
    ConfigurationId id =
        service.post("customization: {systemExtensions: {officialExtensions: [siderolabs/x]}}");
    String address = "/image/" + id + "/v1.11.0/initramfs-amd64.xz";
    Response round = service.send("GET", address, Map.of("user-agent", "curl/8.5.0"));
    assertThat(round.status()).isEqualTo(307);
    assertThat(round.header("location")).contains(address + "?_hop=1");
    Response refused = service.send("GET", address, Map.of("user-agent", "iPXE/1.21"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("retry-after")).contains("5");
    assertThat(refused.body().text())
        .isEqualTo("the catalogues of Talos v1.11.0 are being read for the first time\n");
    assertThat(service.orders).isEmpty();
  }

  /// Else requests that wait for the indexer would take every instance that it could run in.
  @ParameterizedTest
  @ValueSource(strings = {LINUX, "/version/v1.11.0/extensions/official"})
  void waitingForADocumentTakesAPlace(String path) throws IOException {
    service.waiting(1);
    service.indexer(version -> service.after(Duration.ofSeconds(3), () -> service.write(DOCUMENT)));
    WaitingRoom room = new TableWaitingRoom(service.builds, 1, service::now);
    Map<String, String> curl = Map.of("user-agent", "curl/8.5.0");
    try (WaitingRoom.Place _ = room.enter("other", service.now().plusSeconds(60)).orElseThrow()) {
      Response refused = service.send("GET", path, curl);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(seconds(refused)).isBetween(5, 14);
      assertThat(refused.body().text())
          .isEqualTo(
              "the catalogues of Talos v1.11.0 are being read for the first time, and as many"
                  + " requests wait as may: ask again\n");
      assertThat(service.indexed).hasSize(1);
    }
    assertThat(service.send("GET", path, curl).status()).isIn(200, 302);
    assertThat(room.enter("again", service.now().plusSeconds(60))).as("was left").isPresent();
  }

  private static int seconds(Response refused) {
    return Integer.parseInt(refused.header("retry-after").orElseThrow());
  }
}
