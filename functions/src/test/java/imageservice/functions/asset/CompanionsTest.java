package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.ledger.FailureKind;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import imageservice.plan.LockJson;
import imageservice.plan.SigningKey;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told about an asset under its name with a suffix, and the lock of a configuration.
final class CompanionsTest {
  private static final SigningKey KEY =
      SigningKey.parse("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
  private static final String IMAGE = "/image/" + TestService.EMPTY + "/v1.9.5/";
  private static final String KERNEL = IMAGE + "kernel-amd64";
  private static final String BYTES = "ab".repeat(32);

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5", "v1.11.0").quickBuilder();
    service.post("{}");
  }

  private void document(String version, InstallerBase base) throws IOException {
    Digest talosctl = new Digest("sha256:" + "7".repeat(64));
    service.write(
        new ReleaseDocument(
            TalosVersion.parse(version).orElseThrow(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Talosctl(talosctl, List.of("talosctl-linux-amd64"))),
            base));
  }

  @Test
  void documentsTellWhatTheStoredAssetIsMadeOf() throws Exception {
    JsonFields bill = JsonFields.parse(service.get(KERNEL + ".spdx.json").body().text());
    assertThat(bill.text("name")).isEqualTo("kernel-amd64");
    assertThat(
            bill.objects("packages")
                .getFirst()
                .objects("checksums")
                .getFirst()
                .text("checksumValue"))
        .isEqualTo(BYTES);
    Response statement = service.get(KERNEL + ".provenance.json");
    assertThat(statement.header("content-type")).contains("application/json");
    assertThat(statement.header("content-disposition"))
        .contains("attachment; filename=\"kernel-amd64.provenance.json\"");
    assertThat(
            JsonFields.parse(statement.body().text())
                .objects("subject")
                .getFirst()
                .object("digest")
                .text("sha256"))
        .isEqualTo(BYTES);
    BuildPlan plan = BuildPlanJson.read(service.get(KERNEL + ".plan.json").body().text());
    assertThat(AssetKey.of(plan)).isEqualTo(service.orders.getFirst().plan());
    assertThat(service.orders).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {".spdx.json", ".provenance.json", ".plan.json", ".sigstore.json"})
  void whatIsWrongWithTheAssetIsWrongWithTheDocument(String suffix) {
    service.signing(KEY);
    assertThat(service.get(IMAGE + "kernel-amd65" + suffix).status()).isEqualTo(400);
    assertThat(service.get(IMAGE + suffix).status()).isEqualTo(400);
    assertThat(service.get("/image/" + "b".repeat(64) + "/v1.9.5/kernel-amd64" + suffix).status())
        .isEqualTo(404);
    assertThat(
            service.get("/image/" + TestService.EMPTY + "/v1.8.0/kernel-amd64" + suffix).status())
        .isEqualTo(404);
    service.builder(order -> service.fail(order, FailureKind.INPUT, "not a kernel"));
    assertThat(service.get(KERNEL + suffix).body().text()).isEqualTo("not a kernel\n");
    assertThat(service.failures).isEmpty();
  }

  @Test
  void anAttestationIsOrderedOnceForTheBytesThatAreThere() throws Exception {
    service.signing(KEY);
    Response response = service.get(KERNEL + ".sigstore.json");
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("location").orElseThrow())
        .matches(
            "https://bucket[.]example/g[0-9a-f]{8}"
                + KERNEL
                + "[.]sigstore[.]json/"
                + BYTES
                + ".*");
    assertThat(service.orders).hasSize(2);
    BuildPlan.Attestation plan =
        (BuildPlan.Attestation)
            BuildPlanJson.read(service.plans.find(service.orders.getLast().plan()).orElseThrow());
    assertThat(plan.key()).isEqualTo(KEY.id());
    assertThat(plan.statement()).isEqualTo(service.get(KERNEL + ".provenance.json").body().text());
    assertThat(service.get(KERNEL + ".sigstore.json").status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
  }

  @Test
  void aServiceWithoutKeySaysSoAndBuildsNothing() {
    Response response = service.get(KERNEL + ".sigstore.json");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body().text())
        .isEqualTo("this service signs no assets: its operator has set no signing key\n");
    assertThat(service.orders).isEmpty();
  }

  /// The hold for the asset may be over by then, and the gateway ends a request after 30 s.
  @Test
  void theAttestationOfAColdAssetIsNotWaitedForAsLong() {
    service.signing(KEY);
    service.builder(order -> service.after(Duration.ofSeconds(20), service::finish, order));
    Instant begin = service.now();
    Response hop = service.send("GET", KERNEL + ".sigstore.json", Map.of("user-agent", "curl/8"));
    assertThat(hop.status()).isEqualTo(307);
    assertThat(Duration.between(begin, service.now()).toSeconds()).isLessThan(28);
    service.pass(Duration.ofSeconds(20));
    assertThat(service.get(KERNEL + ".sigstore.json?_hop=1").status()).isEqualTo(302);
  }

  @Test
  void talosctlHasTheSame() throws Exception {
    document("v1.11.0", new InstallerBase.Absent());
    service.signing(KEY);
    String binary = "/talosctl/v1.11.0/talosctl-linux-amd64";
    assertThat(service.get(binary + ".sha256").body().text())
        .isEqualTo(BYTES + "  talosctl-linux-amd64\n");
    assertThat(JsonFields.parse(service.get(binary + ".spdx.json").body().text()).text("name"))
        .isEqualTo("talosctl-linux-amd64");
    assertThat(service.get(binary + ".sigstore.json").status()).isEqualTo(302);
    assertThat(service.get("/talosctl/v1.11.0/.sha256").status()).isEqualTo(404);
    assertThat(service.get("/talosctl/v1.11.0/nothing.sha256").status()).isEqualTo(404);
    assertThat(service.failures).isEmpty();
  }

  @Test
  void aLockHasTheDigestsOfItsRelease() throws Exception {
    document("v1.9.5", new InstallerBase.Absent());
    Response response = service.get(IMAGE + "lock");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-disposition"))
        .contains("attachment; filename=\"376567988ad3-v1.9.5.lock.json\"");
    assertThat(LockJson.read(response.body().text()).configuration().id().hex())
        .isEqualTo(TestService.EMPTY);
    assertThat(service.orders).isEmpty();
  }

  @Test
  void aDocumentThatDoesNotTellOfInstallersIsWrittenAgainForALock() throws Exception {
    document("v1.9.5", new InstallerBase.NotRead());
    service.indexer(version -> document("v1.9.5", new InstallerBase.Absent()));
    assertThat(service.get(IMAGE + "lock").status()).isEqualTo(200);
    assertThat(service.indexed).hasSize(1);
  }

  @Test
  void aLockOfNothingSaysWhatIsWrong() {
    String unknown = "b".repeat(64);
    assertThat(service.get("/image/" + unknown + "/v1.9.5/lock").body().text())
        .isEqualTo("schematic ID \"" + unknown + "\" not found\n");
    assertThat(service.get("/image/abc/v1.9.5/lock").status()).isEqualTo(404);
    assertThat(service.get("/image/" + TestService.EMPTY + "/foo/lock").status()).isEqualTo(400);
    assertThat(service.get("/image/" + TestService.EMPTY + "/v1.8.0/lock").status()).isEqualTo(404);
  }
}
