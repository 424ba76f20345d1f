package imageservice.functions.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.ledger.BuildOrder;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PxeHandlerTest {
  private static final String PXE = "/pxe/" + TestService.EMPTY;
  private static final String METAL = PXE + "/v1.9.5/metal-amd64";
  private static final Map<String, String> IPXE = Map.of("user-agent", "iPXE/1.0.0+git");

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.6.8", "v1.9.5");
    service.post("{}");
  }

  @Test
  void aScriptStartsWhatItNamesAndWaitsForNothing() {
    Instant before = service.now();
    Response response = service.send("GET", METAL, IPXE);
    assertThat(service.now()).isEqualTo(before);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("cache-control")).contains("no-cache");
    assertThat(response.header("etag").orElseThrow()).matches("\"[0-9a-f]{64}\"");
    assertThat(response.body().text())
        .startsWith("#!ipxe\n\nimgfree\nkernel https://factory.example/image/" + TestService.EMPTY)
        .endsWith("/v1.9.5/initramfs-amd64.xz\nboot\n");
    assertThat(orders()).containsExactly("kernel-amd64", "initramfs-amd64.xz");
    service.send("GET", METAL, IPXE);
    assertThat(service.orders).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "iPXE/1.0.0+git-20190125.36a4c85-5.1, true",
    "iPXE/1.0.0+ (c6c9e), true",
    "iPXE/1.20.1, true",
    "iPXE/1.20.1+ (g4bd0), true",
    "iPXE/1.21.1, true",
    "iPXE/1.21.1+git-20220113.fbbdc3926-0ubuntu1, true",
    "iPXE/1.21.1+git-20230214.a, true",
    "iPXE/1.21.1+git-20230215.a, false",
    "iPXE/1.21.1+git20250501.b6eae14, false",
    "iPXE/1.21.1+ (g182ee), false",
    "iPXE/2.0.0, false",
    "iPXE/2.0.0+ (g182ee), false",
    "iPXE/, false",
    "iPXE/99999.0.0, false",
    "curl/7.0.0, false",
    "'', false"
  })
  void anIpxeThatHandsOverNoInitramfsGetsItsNameForTheKernel(String agent, boolean named) {
    String script = service.send("GET", METAL, Map.of("user-agent", agent)).body().text();
    assertThat(script.contains("/kernel-amd64 initrd=initramfs-amd64.xz talos.platform=metal "))
        .isEqualTo(named);
    assertThat(script.replace(" initrd=initramfs-amd64.xz", ""))
        .isEqualTo(service.get(METAL).body().text());
  }

  @Test
  void aScriptTakenForJsonHasItsPlanAndWarnings() throws Exception {
    ConfigurationId id = service.post("customization: {extraKernelArgs: ['a #b']}");
    Map<String, String> json = Map.of("accept", "application/json");
    Response response = service.send("GET", "/pxe/" + id + "/v1.9.5/metal-amd64", json);
    JsonFields document = JsonFields.parse(response.body().text());
    assertThat(document.text("script")).startsWith("#!ipxe\n").contains(" a #b\n");
    assertThat(document.texts("warnings")).singleElement().asString().contains("`#b`");
    assertThat(document.object("plan").text("commandLine")).endsWith(" a #b");
    assertThat(response.header("content-type")).contains("application/json");
  }

  @Test
  void aColdScriptTakesSixCallsOfTablesAndAWarmOneTwo() throws IOException {
    forgetCalls();
    service.send("GET", METAL, IPXE);
    assertThat(calls()).as("cold").hasSizeLessThanOrEqualTo(6);
    for (BuildOrder order : service.orders) {
      service.finish(order);
    }
    forgetCalls();
    service.send("GET", METAL, IPXE);
    assertThat(calls()).as("warm").hasSizeLessThanOrEqualTo(2);
    ConfigurationId id =
        service.post("customization: {systemExtensions: {officialExtensions: [siderolabs/x]}}");
    forgetCalls();
    service.send("GET", "/pxe/" + id + "/v1.9.5/metal-amd64", IPXE);
    assertThat(service.indexed).hasSize(1);
    assertThat(calls()).as("cold, without catalogues").hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void aScriptThatIsKnownNeedNotBeSentAgain() {
    Response first = service.send("HEAD", METAL, Map.of());
    assertThat(first.status()).isEqualTo(200);
    Map<String, String> known = Map.of("if-none-match", first.header("etag").orElseThrow());
    assertThat(service.send("GET", METAL, known).status()).isEqualTo(304);
  }

  @Test
  void machinesAreSentToTheirOwnAddress() {
    service.pxe("http://pxe.example/below/");
    assertThat(service.get(METAL).body().text())
        .contains("\nkernel http://pxe.example/below/image/" + TestService.EMPTY + "/v1.9.5/kernel")
        .doesNotContain("below//")
        .contains("\ninitrd http://pxe.example/below/image/");
  }

  @Test
  void theKernelIsHeldThenRefusedForALittleAndThenFound() {
    service.send("GET", METAL, IPXE);
    String kernel = "/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64";
    BuildOrder order = service.orders.getFirst();
    service.builder(ignored -> {});
    service.after(
        Duration.ofSeconds(15), () -> service.beat(order, imageservice.ledger.Progress.NONE));
    service.after(Duration.ofSeconds(30), () -> service.finish(order));
    Instant before = service.now();
    Response held = service.send("GET", kernel, IPXE);
    assertThat(Duration.between(before, service.now())).isGreaterThan(Duration.ofSeconds(23));
    assertThat(held.status()).isEqualTo(503);
    assertThat(held.header("retry-after")).contains("5");
    assertThat(service.send("GET", kernel, IPXE).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1.9.5/metal-foo | 400 | error parsing profile from path: invalid architecture: \"foo\"; known: amd64, arm64",
        "/v1.9.5/metal | 400 | error parsing profile from path: invalid platform-arch: \"metal\"; write a platform, a dash and an architecture, such as metal-amd64; platforms: metal, akamai, alibabacloud, aws, azure, cloudstack, container, digital-ocean, equinixMetal, exoscale, gcp, hcloud, nocloud, opennebula, openstack, oracle, scaleway, upcloud, vmware, vultr; architectures: amd64, arm64",
        "/v1.9.5/metal-amd64.iso | 400 | error parsing profile from path: invalid architecture: \"amd64.iso\"; known: amd64, arm64",
        "/v1.9.99/metal-amd64 | 404 | failed to get kernel: version 1.9.99 is not available; on offer are v1.9.5, v1.6.8; GET /versions lists all",
        "/v1.9/metal-amd64 | 400 | invalid Talos version \"v1.9\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/latest/metal | 400 | invalid Talos version \"latest\"; write all three numbers, such as v1.11.0; GET /versions lists what there is",
        "/v1.9.5/metal-amd64-secureboot | 400 | error enhancing profile from schematic: secure boot is disabled"
      })
  void whatIsWrongIsSaid(String path, int status, String text) {
    Response response = service.get(PXE + path);
    assertThat(response.body().text()).isEqualTo(text + "\n");
    assertThat(response.status()).isEqualTo(status);
    assertThat(service.orders).isEmpty();
  }

  @Test
  void anUnknownConfigurationIsToldBeforeAnythingElse() {
    String unknown = "a".repeat(64);
    for (String id : List.of(unknown, "a", unknown.toUpperCase(java.util.Locale.ROOT))) {
      for (String rest : List.of("/v1.9.5/metal-amd64", "/foo/metal")) {
        Response response = service.get("/pxe/" + id + rest);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body().text()).isEqualTo("schematic ID \"" + id + "\" not found\n");
      }
    }
  }

  @Test
  void aFinalSlashIsTakenAway() {
    Response response = service.get(METAL + "/");
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.header("location")).contains(METAL);
  }

  @Test
  void cataloguesAreAskedForAndNotWaitedFor() throws IOException {
    ConfigurationId id =
        service.post("customization: {systemExtensions: {officialExtensions: [siderolabs/x]}}");
    Instant before = service.now();
    assertThat(service.get("/pxe/" + id + "/v1.9.5/metal-amd64").status()).isEqualTo(200);
    assertThat(service.now()).isEqualTo(before);
    assertThat(orders()).containsExactly("kernel-amd64");
    assertThat(service.indexed).containsExactly(TalosVersion.of(1, 9, 5));
    service.write(
        new ReleaseDocument(
            TalosVersion.of(1, 9, 5),
            Optional.of(
                List.of(
                    new CatalogueExtension(
                        "siderolabs/x", "x:1", new Digest("sha256:" + "3".repeat(64)), "", ""))),
            Optional.empty(),
            Optional.empty(),
            new InstallerBase.Absent()));
    service.get("/pxe/" + id + "/v1.9.5/metal-amd64");
    assertThat(orders()).containsExactly("kernel-amd64", "initramfs-amd64.xz");
  }

  @Test
  void whatCannotBeBuiltIsToldToWhoAsksForIt() throws IOException {
    ConfigurationId id =
        service.post("customization: {embeddedMachineConfiguration: 'kind: HostnameConfig'}");
    assertThat(service.get("/pxe/" + id + "/v1.9.5/metal-arm64").status()).isEqualTo(200);
    assertThat(orders()).containsExactly("kernel-arm64");
  }

  @Test
  void signedImagesAreStartedWhereTheyCanBe() throws IOException {
    service.signing().pxe("http://pxe.example/");
    ConfigurationId id = service.post("{}");
    Response response = service.get("/pxe/" + id + "/v1.9.5/metal-x86_64-secureboot");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().text())
        .startsWith(
            "#!ipxe\n\nimgfree\nkernel http://pxe.example/image/"
                + id.hex()
                + "/v1.9.5/metal-amd64-secureboot-uki.efi talos.platform=metal ")
        .endsWith(" lockdown=confidentiality\nboot\n");
    assertThat(orders()).doesNotContain("kernel-amd64", "initramfs-amd64.xz");
  }

  @Test
  void theListSaysWhatCanBeBooted() throws Exception {
    service.pxe("http://pxe.example/");
    Response text = service.get("/pxe");
    assertThat(text.header("content-type")).contains(Response.TEXT);
    assertThat(text.body().text())
        .contains(
            "chain --replace --autofree http://pxe.example/pxe/ID/VERSION/PLATFORM-${buildarch}")
        .contains("https://factory.example/schematics", "v1.6.8, v1.9.5", "metal, akamai")
        .doesNotContain("container");
    Response json = service.send("GET", "/pxe", Map.of("accept", "application/json"));
    JsonFields fields = JsonFields.parse(json.body().text());
    assertThat(fields.text("url"))
        .isEqualTo("http://pxe.example/pxe/{id}/{version}/{platform}-{architecture}");
    assertThat(fields.texts("versions")).containsExactly("v1.6.8", "v1.9.5");
    assertThat(fields.texts("architectures")).containsExactly("amd64", "arm64");
    assertThat(fields.texts("platforms")).hasSize(19).contains("metal", "equinixMetal");
    assertThat(json.header("vary")).contains("Origin, Accept");
    assertThat(json.header("etag")).isPresent().isNotEqualTo(text.header("etag"));
  }

  private void forgetCalls() {
    service.configurations.calls.clear();
    service.builds.calls.clear();
  }

  private List<String> calls() {
    return Stream.concat(service.configurations.calls.stream(), service.builds.calls.stream())
        .toList();
  }

  private List<String> orders() {
    return service.orders.stream().map(order -> order.address().asset().fileName()).toList();
  }
}
