package imageservice.functions.registry;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.ContentAddress;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.FailureKind;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The registry frontend, as clients of registries see it.
final class RegistryTest {
  private static final byte[] INDEX = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.of(INDEX);
  private static final String REPOSITORY = "/v2/metal-installer/" + TestService.EMPTY;
  private static final String TAG = REPOSITORY + "/manifests/v1.11.0";
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5", "v1.11.0", "v1.13.0-alpha.1").builder(this::build);
    service.post("{}");
    for (TalosVersion version :
        new TalosVersion[] {TalosVersion.of(1, 9, 5), TalosVersion.of(1, 11, 0)}) {
      service.write(
          new ReleaseDocument(
              version,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              new InstallerBase.Image(DIGEST)));
    }
  }

  private void build(BuildOrder order) throws IOException {
    service.store.contents.put(order.address().toString(), INDEX);
    service.finish(order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v2/"})
  void saysThatItSpeaksTheProtocolWithoutARedirect(String path) {
    Response response = service.get(path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("docker-distribution-api-version")).contains("registry/2.0");
    assertThat(response.body().text()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.11.0", "1.11.0", "latest"})
  void aTagIsBuiltAndItsIndexAnsweredDirectly(String tag) {
    Response response = service.get(REPOSITORY + "/manifests/" + tag);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().bytes()).isEqualTo(INDEX);
    assertThat(response.headers())
        .containsEntry("content-type", INDEX_TYPE)
        .containsEntry("docker-content-digest", DIGEST.toString())
        .containsEntry("etag", "\"" + DIGEST + "\"")
        .containsEntry("cache-control", "no-cache");
    assertThat(service.orders.getFirst().address().toString()).matches("g[0-9a-f]{8}" + TAG);
    assertThat(service.get(TAG).status()).isEqualTo(200);
    assertThat(service.orders).as("built once").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"installer", "metal-installer"})
  void allSpellingsOfARepositoryAreOneImage(String name) {
    assertThat(service.get("/v2/" + name + "/" + TestService.EMPTY + "/manifests/v1.11.0").status())
        .isEqualTo(200);
    assertThat(service.orders.getFirst().address().toString()).endsWith(TAG);
  }

  @Test
  void equinixMetalHasANameWithoutCapitals() {
    assertThat(
            service
                .get("/v2/equinixmetal-installer/" + TestService.EMPTY + "/manifests/v1.11.0")
                .status())
        .isEqualTo(200);
  }

  /// Gateways derive the length from the body.
  @Test
  void headOfAManifestHasItsBody() {
    Response response = service.send("HEAD", TAG, Map.of());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("docker-content-digest")).contains(DIGEST.toString());
    assertThat(response.body().bytes()).isEqualTo(INDEX);
  }

  /// A wish for JSON is a wish for the manifest here.
  @Test
  void whatAClientAcceptsNeverAsksForTheStatus() {
    Map<String, String> headers = Map.of("accept", "application/json", "prefer", "respond-async");
    service.builder(order -> service.after(Duration.ofSeconds(9), this::build, order));
    Response response = service.send("GET", TAG, headers);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().bytes()).isEqualTo(INDEX);
  }

  @Test
  void aManifestByDigestIsWhatLiesInTheStore() {
    service.store.contents.put(new ContentAddress(DIGEST).toString(), INDEX);
    service.store.mediaType = INDEX_TYPE;
    Response response = service.get(REPOSITORY + "/manifests/" + DIGEST);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).contains(INDEX_TYPE);
    assertThat(response.header("cache-control")).contains("public, max-age=31536000, immutable");
    assertThat(service.orders).isEmpty();
    assertThat(
            service
                .send(
                    "GET",
                    REPOSITORY + "/manifests/" + DIGEST,
                    Map.of("if-none-match", "\"" + DIGEST + "\""))
                .status())
        .isEqualTo(304);
  }

  /// Layers lie beside manifests, and may be large.
  @Test
  void aLayerIsNoManifest() {
    service.store.contents.put(new ContentAddress(DIGEST).toString(), INDEX);
    service.store.mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    assertError(service.get(REPOSITORY + "/manifests/" + DIGEST), 404, "MANIFEST_UNKNOWN");
  }

  @Test
  void blobsAreLinksIntoTheStore() {
    String blob = REPOSITORY + "/blobs/" + DIGEST;
    Response response = service.get(blob);
    assertThat(response.status()).isEqualTo(307);
    assertThat(response.header("location"))
        .contains("https://bucket.example/content/" + DIGEST.hex() + "?method=GET");
    assertThat(service.send("HEAD", blob, Map.of()).header("location").orElseThrow())
        .endsWith("method=HEAD");
    service.store.gone.add(new ContentAddress(DIGEST).toString());
    assertError(service.get(blob), 404, "BLOB_UNKNOWN");
  }

  @Test
  void headOfABlobIsAnsweredWhereTheFrontCarriesItsLength() {
    Response response =
        service.answeringHead().send("HEAD", REPOSITORY + "/blobs/" + DIGEST, Map.of());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-length", "7")
        .containsEntry("docker-content-digest", DIGEST.toString())
        .containsEntry("accept-ranges", "bytes");
  }

  @Test
  void tagsAreVersionsAndLatestInLexicalOrderByPages() {
    String list = REPOSITORY + "/tags/list";
    String name = "\"name\":\"metal-installer/" + TestService.EMPTY + "\"";
    assertThat(service.get(list).body().text())
        .isEqualTo(
            "{" + name + ",\"tags\":[\"latest\",\"v1.11.0\",\"v1.13.0-alpha.1\",\"v1.9.5\"]}\n");
    Response first = service.get(list + "?n=2");
    assertThat(first.body().text()).contains("[\"latest\",\"v1.11.0\"]");
    assertThat(first.header("link")).contains("<" + list + "?n=2&last=v1.11.0>; rel=\"next\"");
    Response second = service.get(list + "?n=2&last=v1.11.0");
    assertThat(second.body().text()).contains("[\"v1.13.0-alpha.1\",\"v1.9.5\"]");
    assertThat(second.header("link")).isEmpty();
    assertThat(service.get(list + "?n=0").body().text()).contains("\"tags\":[]");
    assertError(service.get(list + "?n=two"), 400, "PAGINATION_NUMBER_INVALID");
  }

  @Test
  void nothingRefersToAManifest() {
    Response response = service.get(REPOSITORY + "/referrers/" + DIGEST + "?artifactType=x");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).contains(INDEX_TYPE);
    assertThat(response.header("oci-filters-applied")).contains("artifactType");
    assertThat(response.body().text()).contains("\"manifests\":[]");
    assertError(service.get(REPOSITORY + "/referrers/sha256:1"), 400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/other/ID/manifests/v1.11.0,                400, NAME_INVALID",
    "/v2/Metal-installer/ID/manifests/v1.11.0,      400, NAME_INVALID",
    "/v2/installer/UNKNOWN/manifests/v1.11.0,       404, NAME_UNKNOWN",
    "/v2/installer/x/manifests/v1.11.0,             404, NAME_UNKNOWN",
    "/v2/installer/UNKNOWN/blobs/sha256:1,          404, NAME_UNKNOWN",
    "/v2/installer/UNKNOWN/tags/list,               404, NAME_UNKNOWN",
    "/v2/installer/ID/manifests/v1.2.3,             404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/v1.2,               404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/.INVALID,           404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/sha256:1,           400, DIGEST_INVALID",
    "/v2/installer/ID/manifests/sha512:1,           400, DIGEST_INVALID",
    "/v2/installer/ID/blobs/sha256:1,               400, DIGEST_INVALID",
    "/v2/installer-secureboot/ID/manifests/v1.11.0, 400, MANIFEST_INVALID",
    "/v2/siderolabs/installer/manifests/v1.11.0,    400, NAME_INVALID",
    "/v2/siderolabs/tags/list,                      404, NAME_UNKNOWN",
    "/v2/_catalog,                                  404, NAME_UNKNOWN",
    "/v2//ID/manifests/v1.11.0,                     400, NAME_INVALID",
    "/v2/installer//manifests/v1.11.0,              404, NAME_UNKNOWN",
    "/v2/installer/../manifests/v1.11.0,            404, NAME_UNKNOWN",
    "/v2/installer/ID//manifests/v1.11.0,           404, NAME_UNKNOWN",
    "/v2/installer/ID/manifests/,                   404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/v1.11.0/,           404, NAME_UNKNOWN",
    "/v2/installer/ID/blobs/,                       400, DIGEST_INVALID",
    "/v2///,                                        404, NAME_UNKNOWN",
  })
  void refusalsHaveTheProtocolsCodes(String path, int status, String code) {
    String known =
        path.replace("UNKNOWN", "0".repeat(64)).replace("/ID/", "/" + TestService.EMPTY + "/");
    assertError(service.get(known), status, code);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /blobs/uploads",
    "POST, /blobs/uploads/",
    "PUT, /manifests/v1",
    "DELETE, /manifests/v1",
    "PATCH, /blobs/uploads"
  })
  void nothingCanBePushed(String method, String path) {
    Response response = service.send(method, REPOSITORY + path, Map.of());
    assertError(response, 405, "UNSUPPORTED");
    assertThat(response.header("allow")).contains("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource({
    "containers/5.34 (github.com/containers/image),  429, TOOMANYREQUESTS",
    "skopeo/1.9,                                     429, TOOMANYREQUESTS",
    "containerd/v2.1,                                503, UNAVAILABLE"
  })
  void whoeverWaitedForTooLongIsToldInItsOwnWay(String agent, int status, String code) {
    service.builder(order -> {});
    Map<String, String> headers = Map.of("user-agent", agent);
    Response response = service.send("GET", TAG, headers);
    int hops = 0;
    while (response.status() == 307) {
      hops++;
      response = service.send("GET", response.header("location").orElseThrow(), headers);
    }
    assertThat(hops).isBetween(1, 9);
    assertError(response, status, code);
    assertThat(response.header("retry-after")).isPresent();
  }

  @Test
  void aFailedBuildSaysWhy() {
    service.builder(order -> service.fail(order, FailureKind.INPUT, "no such thing"));
    Response response = service.get(TAG);
    assertError(response, 400, "MANIFEST_INVALID");
    assertThat(response.body().text()).contains("no such thing");
  }

  private static void assertError(Response response, int status, String code) {
    assertThat(response.status()).as(response.body().text()).isEqualTo(status);
    assertThat(response.header("content-type")).contains("application/json");
    assertThat(response.body().text()).startsWith("{\"errors\":[{\"code\":\"" + code + "\",");
  }
}
