package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.InputAdmission;
import imageservice.ledger.InputProgress;
import imageservice.ledger.Item;
import imageservice.ledger.Measurement;
import imageservice.ledger.Progress;
import imageservice.ledger.Stage;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.release.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients are told that asked for words instead of the asset.
final class BuildStatusTest {
  private static final String KERNEL = "/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64";
  private static final Map<String, String> CURL = Map.of("user-agent", "curl/8.5.0");

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5");
    service.post("{}");
  }

  @Test
  void onlyWhoAsksForItIsToldToComeAgainLater() {
    service.builder(this::beatingForEver);
    Instant before = service.now();
    Response response = service.send("GET", KERNEL, Map.of("prefer", "respond-async"));
    assertThat(service.now()).isEqualTo(before);
    assertThat(response.status()).isEqualTo(202);
    String status = "/builds/" + service.orders.getFirst().address().buildId();
    assertThat(response.header("location")).contains(status);
    assertThat(response.header("preference-applied")).contains("respond-async");
    assertThat(response.body().text()).contains("\"state\":\"queued\"", "\"percent\":0");
    assertThat(service.get(status).header("x-build-state")).contains("building");
    for (Map<String, String> others :
        List.of(
            CURL,
            Map.of("accept", "*/*"),
            Map.of("accept", "application/json, text/plain, */*"),
            Map.of("accept", "application/json, application/octet-stream"),
            Map.of("prefer", "wait=5"))) {
      assertThat(service.send("GET", KERNEL, others).status()).isEqualTo(307);
    }
  }

  @Test
  void whoTakesNothingButJsonIsToldHowTheAssetStands() throws Exception {
    service.builder(this::beatingFor50Seconds);
    Map<String, String> json = Map.of("accept", "application/json");
    Instant before = service.now();
    Response begun = service.send("GET", KERNEL, json);
    assertThat(service.now()).isEqualTo(before);
    assertThat(begun.status()).isEqualTo(202);
    String status = "/builds/" + service.orders.getFirst().address().buildId();
    assertThat(begun.header("location")).contains(status);
    assertThat(begun.header("preference-applied")).isEmpty();
    JsonFields document = JsonFields.parse(begun.body().text());
    assertThat(document.text("state")).isEqualTo("queued");
    JsonFields plan = document.object("plan");
    assertThat(plan.text("assetKey")).isEqualTo(document.text("assetKey"));
    assertThat(plan.text("recipe")).isEqualTo("kernel/1");
    assertThat(plan.objects("inputs").getFirst().text("path"))
        .isEqualTo("usr/install/amd64/vmlinuz");
    service.pass(Duration.ofSeconds(20));
    assertThat(service.send("GET", KERNEL, json).body().text())
        .contains("\"stage\":\"storing\",\"percent\":50,\"doneBytes\":1,\"totalBytes\":2,");
    service.pass(Duration.ofSeconds(40));
    Response ready = service.send("GET", KERNEL, json);
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body()).isEqualTo(service.get(status).body());
    assertThat(ready.body().text()).contains("\"state\":\"ready\"", "\"plan\":{");
    assertThat(service.send("GET", KERNEL, Map.of("accept", "*/*")).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(1);
  }

  @Test
  void tellsHowMuchOfEachImageCame() throws Exception {
    Digest imager = Digest.of(new byte[0]);
    service.builder(order ->
        service.beat(
            order, Progress.fetching(List.of(new InputProgress("imager", imager, 24, 96)))));
    service.send("GET", KERNEL, Map.of("accept", "application/json"));
    service.pass(Duration.ofSeconds(1));
    Response status = service.get("/builds/" + service.orders.getFirst().address().buildId());
    assertThat(status.body().text())
        .contains("\"stage\":\"fetching\",\"percent\":25,\"doneBytes\":24,\"totalBytes\":96,")
        .contains(
            "\"inputs\":[{\"repository\":\"imager\",\"digest\":\""
                + imager
                + "\",\"doneBytes\":24,\"totalBytes\":96}]");
  }

  @Test
  void measurementsAreToldOnceTheAssetIsThere() throws Exception {
    service.builder(order ->
        service.finish(
            order,
            new StoredProduct(
                TestService.PRODUCT.asset(),
                List.of(),
                List.of(new Measurement("main", "enter-initrd", "sha256", 11, "cafe")))));
    service.get(KERNEL);
    assertThat(service.send("GET", KERNEL, Map.of("accept", "application/json")).body().text())
        .contains(
            "\"measurements\":[{\"profile\":\"main\",\"phase\":\"enter-initrd\",\"bank\":\"sha256\",\"pcr\":11,\"value\":\"cafe\"}],\"location\":");
  }

  @Test
  void whoseSignaturesAdmittedTheImagesIsToldOnceTheAssetIsThere() throws Exception {
    String image = "imager@" + TestService.PRODUCT.asset().digest().value();
    service.builder(order ->
        service.finish(
            order,
            TestService.PRODUCT.admittedBy(
                List.of(new InputAdmission("key:abc", List.of(image))))));
    service.get(KERNEL);
    assertThat(service.send("GET", KERNEL, Map.of("accept", "application/json")).body().text())
        .contains(
            "\"admissions\":[{\"policy\":\"key:abc\",\"images\":[\""
                + image
                + "\"]}],\"location\":");
  }

  @Test
  void thePlanIsTheOneThatWasCarriedOut() throws Exception {
    service.quickBuilder();
    service.get(KERNEL);
    String status = "/builds/" + service.orders.getFirst().address().buildId();
    String before = service.get(status).body().text();
    assertThat(before).contains("\"plan\":{");
    service.offering("v1.11.0");
    assertThat(service.get(status).body().text()).isEqualTo(before);
  }

  @Test
  void askingHowABuildStandsReadsItsRecordAndPlanAlone() throws Exception {
    service.builder(this::beatingFor50Seconds);
    service.send("GET", KERNEL, Map.of("prefer", "respond-async"));
    service.pass(Duration.ofSeconds(1));
    for (String state : List.of("building", "ready")) {
      service.configurations.calls.clear();
      service.builds.calls.clear();
      BuildOrder order = service.orders.getFirst();
      Response response = service.get("/builds/" + order.address().buildId());
      assertThat(response.header("x-build-state")).contains(state);
      assertThat(response.body().text()).contains("\"warnings\":[]", "\"plan\":{");
      assertThat(service.configurations.calls).isEmpty();
      assertThat(service.builds.calls).hasSize(1);
      service.pass(Duration.ofSeconds(60));
    }
  }

  /// Its place in the queue is the number that the record has, less the last that was taken.
  @Test
  void askingForThePlaceOfAnOrderReadsOneItemMore() throws Exception {
    service.builder(order -> {});
    service.send("GET", KERNEL, Map.of("prefer", "respond-async"));
    service.configurations.calls.clear();
    service.builds.calls.clear();
    BuildOrder order = service.orders.getFirst();
    assertThat(service.get("/builds/" + order.address().buildId()).body().text())
        .contains("\"place\":1");
    assertThat(service.configurations.calls).isEmpty();
    assertThat(service.builds.calls).hasSize(2);
  }

  @Test
  void warningsAreInEveryDocumentOfABuild() throws Exception {
    service.quickBuilder();
    String path =
        "/image/"
            + service.post("customization: {meta: [{key: 10, value: a;b}]}")
            + "/v1.9.5/metal-amd64.iso";
    Response begun = service.send("GET", path, Map.of("accept", "application/json"));
    Response ready = service.send("GET", path, Map.of("accept", "application/json"));
    Response byKey = service.get("/builds/" + service.orders.getFirst().address().buildId());
    for (Response response : List.of(begun, ready, byKey)) {
      assertThat(JsonFields.parse(response.body().text()).texts("warnings"))
          .singleElement()
          .asString()
          .startsWith("customization.meta: the value of `key 0xa` contains a ;");
    }
    service.get(KERNEL);
    assertThat(service.send("GET", KERNEL, Map.of("accept", "application/json")).body().text())
        .contains("\"warnings\":[]");
  }

  /// Two versions of the service share the table during a deployment.
  @Test
  void aRecordOfAVersionThatWroteNoneHasNoWarningsUntilItIsOrderedAgain() throws Exception {
    String path =
        "/image/"
            + service.post("customization: {meta: [{key: 10, value: a;b}]}")
            + "/v1.9.5/metal-amd64.iso";
    Map<String, String> json = Map.of("accept", "application/json");
    service.quickBuilder();
    service.get(path);
    BuildOrder order = service.orders.getFirst();
    Item written = service.builds.find(BuildLedger.key(order.address())).orElseThrow();
    service.builds.replace(
        written, written.text().replaceFirst("\"warnings\":\\[.*?],", ""), Instant.MAX);
    String status = "/builds/" + order.address().buildId();
    assertThat(service.get(status).body().text()).contains("\"warnings\":[]");
    assertThat(service.send("GET", path, json).body()).isEqualTo(service.get(status).body());
    service.store.gone.add("metal-amd64.iso");
    service.send("GET", path, json);
    assertThat(service.get(status).body().text()).contains("\"warnings\":[\"customization.meta:");
  }

  @Test
  void aPlanThatIsNoLongerKeptIsLeftOut() throws Exception {
    service.quickBuilder();
    service.get(KERNEL);
    service.plans.clear();
    Response status = service.get("/builds/" + service.orders.getFirst().address().buildId());
    assertThat(status.status()).isEqualTo(200);
    assertThat(status.body().text()).contains("\"state\":\"ready\"").doesNotContain("\"plan\"");
  }

  @Test
  void contentsAreToldOnceTheAssetIsThere() throws Exception {
    Digest layer = new Digest("sha256:" + "c".repeat(64));
    service.builder(order ->
        service.finish(
            order,
            new StoredProduct(
                TestService.PRODUCT.asset(), List.of(new StoredObject(7, layer)), List.of())));
    service.get(KERNEL);
    assertThat(service.send("GET", KERNEL, Map.of("accept", "application/json")).body().text())
        .contains("\"contents\":[{\"digest\":\"" + layer + "\",\"size\":7}],\"location\":");
  }

  @Test
  void whoAsksForAnAnswerLaterGetsTheObjectWhereItIsThere() throws IOException {
    service.quickBuilder();
    service.get(KERNEL);
    assertThat(service.send("GET", KERNEL, Map.of("prefer", "respond-async")).status())
        .isEqualTo(302);
  }

  private void beatingForEver(BuildOrder order) throws IOException {
    service.beat(order, new Progress(Stage.ASSEMBLING, 1, 4));
    service.after(Duration.ofSeconds(5), this::beatingForEver, order);
  }

  private void beatingFor50Seconds(BuildOrder order) throws IOException {
    for (int seconds = 0; seconds < 50; seconds += 5) {
      service.after(
          Duration.ofSeconds(seconds),
          o -> service.beat(o, new Progress(Stage.STORING, 1, 2)),
          order);
    }
    service.after(Duration.ofSeconds(50), service::finish, order);
  }
}
