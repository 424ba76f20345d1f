package imageservice.functions.registry;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetKind;
import imageservice.asset.AttachmentTag;
import imageservice.asset.ContentAddress;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.FailureKind;
import imageservice.plan.Generations;
import imageservice.plan.SigningKey;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

  private static final SigningKey KEY =
      SigningKey.parse("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
  private static final SigningKey OTHER_KEY =
      SigningKey.parse("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");

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

  /// The store has them from the build of the image.
  @Test
  void signaturesAreFoundByTheIndexsDigest() {
    service.signing(KEY);
    service.store.mediaType = "application/vnd.oci.image.manifest.v1+json";
    byte[] manifest = attach(AttachmentTag.Kind.SIGNATURE, "{\"layers\":[]}");
    for (String name : List.of("metal-installer", "installer")) {
      Response response =
          service.get(
              "/v2/%s/%s/manifests/sha256-%s.sig".formatted(name, TestService.EMPTY, DIGEST.hex()));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body().bytes()).isEqualTo(manifest);
      assertThat(response.headers())
          .containsEntry("content-type", service.store.mediaType)
          .containsEntry("docker-content-digest", Digest.of(manifest).toString())
          .containsEntry("cache-control", "no-cache");
    }
  }

  @Test
  void anotherKeysSignaturesAreNotFound() {
    service.store.mediaType = INDEX_TYPE;
    attach(AttachmentTag.Kind.SIGNATURE, "{}");
    String tag = REPOSITORY + "/manifests/sha256-" + DIGEST.hex() + ".sig";
    assertError(service.get(tag), 404, "MANIFEST_UNKNOWN");
    assertError(service.signing(OTHER_KEY).get(tag), 404, "MANIFEST_UNKNOWN");
  }

  @Test
  void whatRefersToAnIndexIsListedByTheApiAndByATag() {
    service.signing(KEY);
    service.store.mediaType = INDEX_TYPE;
    String entry = "{\"artifactType\":\"a/b\",\"digest\":\"" + DIGEST + "\",\"size\":1}";
    String other = "{\"artifactType\":\"c/d\",\"digest\":\"" + DIGEST + "\",\"size\":2}";
    String list = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX_TYPE + "\",\"manifests\":[%s]}";
    byte[] all = attach(AttachmentTag.Kind.REFERRERS, list.formatted(entry + "," + other));
    String api = REPOSITORY + "/referrers/" + DIGEST;
    Response whole = service.get(api);
    assertThat(whole.body().bytes()).isEqualTo(all);
    assertThat(whole.header("docker-content-digest")).contains(Digest.of(all).toString());
    assertThat(whole.header("oci-filters-applied")).isEmpty();
    assertThat(service.get(REPOSITORY + "/manifests/sha256-" + DIGEST.hex()).body().bytes())
        .isEqualTo(all);
    Response some = service.get(api + "?artifactType=c/d");
    assertThat(some.body().text()).isEqualTo(list.formatted(other));
    assertThat(some.header("content-type")).contains(INDEX_TYPE);
    assertThat(some.header("oci-filters-applied")).contains("artifactType");
    assertThat(service.get(api + "?artifactType=e").body().text()).isEqualTo(list.formatted(""));
  }

  @Test
  void imagesOfTheSourceAreUnknownWhereTheyAreNotPassedOn() {
    for (String path : List.of("manifests/v1.11.0", "blobs/" + DIGEST, "tags/list")) {
      Response response = service.get("/v2/siderolabs/imager/" + path);
      assertError(response, 404, "NAME_UNKNOWN");
      assertThat(response.body().text()).contains("unknown registry path: ");
    }
  }

  /// The type is what the source's index says that it is.
  @Test
  void imagesOfTheSourceAreBuiltAsInstallersAre() throws IOException {
    String type = "application/vnd.docker.distribution.manifest.list.v2+json";
    byte[] index = ("{\"mediaType\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
    service
        .proxyingSources()
        .signing(KEY)
        .builder(order -> {
          service.store.contents.put(order.address().toString(), index);
          service.finish(order);
        });
    String repository = "/v2/siderolabs/imager";
    Response response = service.get(repository + "/manifests/latest");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().bytes()).isEqualTo(index);
    assertThat(response.header("content-type")).contains(type);
    assertThat(service.orders.getFirst().address().toString())
        .matches("g[0-9a-f]{8}/v2/siderolabs/imager/manifests/v1.11.0");
    assertThat(service.plans.find(service.orders.getFirst().plan()).orElseThrow())
        .as("never signed by the service's key")
        .isEqualTo(
            "{\"recipe\":\"source-image/1\",\"source\":{\"repository\":\"imager\",\"image\":\"sha256:"
                + "1".repeat(64)
                + "\"}}");
    assertThat(service.get(repository + "/tags/list").body().text())
        .startsWith("{\"name\":\"siderolabs/imager\",\"tags\":[\"latest\",");
    assertThat(service.get(repository + "/blobs/" + DIGEST).status()).isEqualTo(307);
    assertThat(service.get(repository + "/referrers/" + DIGEST).status()).isEqualTo(200);
  }

  @Test
  void imagesOfTheSourceHaveItsSignatures() {
    service.proxyingSources();
    service.store.mediaType = "application/vnd.oci.image.manifest.v1+json";
    AttachmentTag tag = new AttachmentTag(DIGEST, AttachmentTag.Kind.SIGNATURE);
    service.store.contents.put(
        new Generations("https://factory.example/", Optional.empty())
            .attachment(AssetKind.SOURCE_IMAGE, "siderolabs/installer", tag)
            .toString(),
        INDEX);
    Response response = service.get("/v2/siderolabs/installer/manifests/" + tag);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().bytes()).isEqualTo(INDEX);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/siderolabs/x/manifests/v1.11.0,          unknown image: x",
    "/v2/siderolabs/x/tags/list,                  unknown image: x",
    "/v2/siderolabs/overlays/manifests/v1.11.0,   overlays:v1.11.0 is not passed on",
    "/v2/siderolabs/imager/manifests/v1.2.3,      version 1.2.3 is not available",
  })
  void whatTheSourceDoesNotHaveIsUnknown(String path, String said) {
    Response response = service.proxyingSources().get(path);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body().text()).contains(said);
  }

  private byte[] attach(AttachmentTag.Kind kind, String text) {
    byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
    String repository = REPOSITORY.substring("/v2/".length());
    service.store.contents.put(
        new Generations("https://factory.example/", Optional.of(KEY))
            .attachment(AssetKind.INSTALLER_IMAGE, repository, new AttachmentTag(DIGEST, kind))
            .toString(),
        manifest);
    return manifest;
  }

  /// So that a client learns that nothing is signed rather than that its image is not.
  @Test
  void theKeyIsAFileAndAbsentWhereNothingIsSigned() {
    Response none = service.get("/oci/cosign/signing-key.pub");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.body().text()).contains("this service has no signing key and signs no images");
    Response key = service.signing(KEY).get("/oci/cosign/signing-key.pub");
    assertThat(key.status()).isEqualTo(200);
    assertThat(key.body().text()).isEqualTo(KEY.pem());
  }

  /// The plan names the key, so that the builder signs by it.
  @Test
  void imagesAreOrderedWithTheKey() throws IOException {
    assertThat(service.get(TAG).status()).isEqualTo(200);
    assertThat(service.signing(KEY).get(TAG).status()).isEqualTo(200);
    assertThat(service.orders)
        .extracting(order -> order.address().generation())
        .as("each key's images lie elsewhere")
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(service.plans.find(service.orders.getFirst().plan()).orElseThrow())
        .doesNotContain("signing");
    assertThat(service.plans.find(service.orders.getLast().plan()).orElseThrow())
        .contains(
            "\"signing\":{\"key\":\"%s\",\"reference\":\"factory.example/metal-installer/%s\"}"
                .formatted(KEY.id(), TestService.EMPTY));
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
    "/v2/installer/ID/manifests/sha256-UNKNOWN,     404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/sha256-UNKNOWN.sig, 404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/sha256-UNKNOWN.att, 404, MANIFEST_UNKNOWN",
    "/v2/installer/ID/manifests/sha256:1,           400, DIGEST_INVALID",
    "/v2/installer/ID/manifests/sha512:1,           400, DIGEST_INVALID",
    "/v2/installer/ID/blobs/sha256:1,               400, DIGEST_INVALID",
    "/v2/installer-secureboot/ID/manifests/v1.11.0, 400, MANIFEST_INVALID",
    "/v2/siderolabs/installer/manifests/v1.11.0,    404, NAME_UNKNOWN",
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
