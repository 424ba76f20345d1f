package imageservice.functions.asset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.FunctionsSettings;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Progress;
import imageservice.ledger.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What clients are told while an asset is built, in a time that passes by waiting.
final class ColdAssetTest {
  private static final String KERNEL = "/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64";
  private static final Map<String, String> CURL = Map.of("user-agent", "curl/8.5.0");

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5");
    service.post("{}");
  }

  @Test
  void aQuickBuildIsWaitedFor() {
    service.builder(order -> service.after(Duration.ofSeconds(10), service::finish, order));
    Instant before = service.now();
    assertThat(service.send("GET", KERNEL, CURL).status()).isEqualTo(302);
    assertThat(Duration.between(before, service.now()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
  }

  @Test
  void aBrowserIsShownAPageUntilTheAssetIsReady() {
    Map<String, String> browser =
        Map.of(
            "accept", "text/html,*/*", "sec-fetch-mode", "navigate", "sec-fetch-dest", "document");
    Response page = service.send("GET", KERNEL, browser);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
    assertThat(service.orders).isEmpty();
    service.quickBuilder().send("GET", KERNEL, Map.of("accept", "application/json"));
    assertThat(service.send("GET", KERNEL, browser).status()).isEqualTo(302);
  }

  @Test
  void aSlowBuildSendsTheClientRoundAndThenToTheObject() {
    service.builder(this::beatingFor50Seconds);
    Response first = service.send("GET", KERNEL + "?filename=a%20b&_hop=x", CURL);
    assertThat(first.status()).isEqualTo(307);
    assertThat(first.header("location")).contains(KERNEL + "?filename=a%20b&_hop=1");
    assertThat(first.header("cache-control")).contains("no-store");
    Response second = service.send("GET", first.header("location").orElseThrow(), CURL);
    assertThat(second.header("location")).contains(KERNEL + "?filename=a%20b&_hop=2");
    Response third = service.send("GET", second.header("location").orElseThrow(), CURL);
    assertThat(third.status()).isEqualTo(302);
    assertThat(third.header("location").orElseThrow()).endsWith("name=a b");
    assertThat(service.orders).hasSize(1);
  }

  @Test
  void aRequestIsHeldForAsLongAsTheGatewayAllows() {
    service.builder(this::beatingFor50Seconds);
    Instant before = service.now();
    service.send("GET", KERNEL, CURL);
    assertThat(Duration.between(before, service.now()))
        .isBetween(FunctionsSettings.DEFAULT_HOLD, FunctionsSettings.DEFAULT_HOLD.plusSeconds(1));
  }

  /// A configuration as long as one can be stored gives a plan of a megabyte.
  @Test
  void everyConfigurationThatCanBeStoredCanBeBuilt() throws Exception {
    service.offering("v1.13.2").quickBuilder();
    ConfigurationId id =
        service.post(
            "customization: {embeddedMachineConfiguration: \"%s\"}"
                .formatted("\u00e9".repeat(180_000)));
    assertThat(service.get("/image/" + id + "/v1.13.2/initramfs-amd64.xz").status()).isEqualTo(302);
    BuildOrder order = service.orders.getFirst();
    assertThat(service.plans.find(order.plan()).orElseThrow().length()).isGreaterThan(300_000);
    assertThat(order.toJson().getBytes(UTF_8).length).isLessThanOrEqualTo(BuildOrder.LARGEST);
  }

  @Test
  void manyCallersAtOnceCauseOneBuild() throws Exception {
    service.standStill();
    service.builder(order -> Thread.startVirtualThread(() -> service.finishAfter(1_000, order)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> calls =
          threads.invokeAll(Collections.nCopies(100, () -> service.send("GET", KERNEL, CURL)));
      for (Future<Response> call : calls) {
        assertThat(call.get().status()).isEqualTo(302);
      }
    }
    assertThat(service.orders).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "curl/8.5.0, 45",
    "Wget/1.21.4, 18",
    "aria2/1.37.0, 18",
    "Mozilla/5.0 (X11), 18",
    "Java-http-client/25, 3",
    "Java/17.0.1, 3",
    "libwww-perl/6.72, 5",
    "PVE/8.1, 5",
    "Go-http-client/1.1, 7",
    "ansible-httpget, 9",
    "'', 7"
  })
  void clientsAreSentRoundAsOftenAsTheyFollow(String agent, int hops) {
    service.builder(this::beatingForEver);
    Map<String, String> headers = agent.isEmpty() ? Map.of() : Map.of("user-agent", agent);
    String address = KERNEL;
    for (int hop = 1; hop <= hops; hop++) {
      Response response = service.send("GET", address, headers);
      assertThat(response.status()).as("hop %d", hop).isEqualTo(307);
      address = response.header("location").orElseThrow();
      assertThat(address).endsWith("_hop=" + hop);
    }
    Response last = service.send("GET", address, headers);
    assertThat(last.status()).isEqualTo(503);
    assertThat(last.header("retry-after")).contains("5");
    assertThat(last.body().text())
        .isEqualTo(
            "building: assembling, 25 % of this stage done, see /builds/"
                + service.orders.getFirst().address().buildId()
                + "\n");
  }

  /// Ansible's modules give up after 10 s.
  @ParameterizedTest
  @CsvSource({"ansible-httpget, 7, 8", "curl/8.5.0, 24, 25"})
  void nobodyIsHeldLongerThanTheyWait(String agent, int atLeast, int atMost) {
    service.builder(this::beatingForEver);
    Instant before = service.now();
    assertThat(service.send("GET", KERNEL, Map.of("user-agent", agent)).status()).isEqualTo(307);
    assertThat(Duration.between(before, service.now()))
        .isBetween(Duration.ofSeconds(atLeast), Duration.ofSeconds(atMost));
  }

  @Test
  void ipxeIsToldToComeAgain() {
    service.builder(this::beatingFor50Seconds);
    Map<String, String> ipxe = Map.of("user-agent", "iPXE/1.21.1");
    for (int i = 0; i < 2; i++) {
      Response response = service.send("GET", KERNEL, ipxe);
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("retry-after")).contains("5");
      assertThat(response.header("cache-control")).contains("no-store");
    }
    assertThat(service.send("GET", KERNEL, ipxe).status()).isEqualTo(302);
  }

  @ParameterizedTest
  @CsvSource({"INPUT, 400, 0", "SOURCE, 503, 5", "STORAGE, 503, 5", "DEFECT, 503, 60"})
  void failuresAreToldByTheirKind(FailureKind kind, int status, String retry) {
    service.builder(order -> service.fail(order, kind, "the registry says no"));
    Response response = service.send("GET", KERNEL, CURL);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("retry-after").orElse("0")).isEqualTo(retry);
    assertThat(response.header("cache-control")).contains("no-store");
    String build = service.orders.getFirst().address().buildId();
    assertThat(response.body().text())
        .isEqualTo(
            kind == FailureKind.DEFECT
                ? "build failed in fetching, build " + build + ": the registry says no\n"
                : "the registry says no\n");
  }

  @Test
  void failuresNameBuildAndStageInJson() {
    service.builder(order -> service.fail(order, FailureKind.SOURCE, "no"));
    Response response =
        service.send("GET", KERNEL, Map.of("accept", "application/json, application/octet-stream"));
    assertThat(response.header("content-type")).contains("application/problem+json");
    assertThat(response.body().text())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"no\",\"requestId\":\"request-id\",\"stage\":\"fetching\",\"buildId\":\""
                + service.orders.getFirst().address().buildId()
                + "\"}\n");
  }

  @Test
  void aFailureIsRememberedAndTriedAgainLater() throws IOException {
    service.builder(order -> service.fail(order, FailureKind.INPUT, "no"));
    service.get(KERNEL);
    service.pass(Duration.ofSeconds(599));
    assertThat(service.get(KERNEL).status()).isEqualTo(400);
    assertThat(service.orders).hasSize(1);
    service.pass(Duration.ofSeconds(1));
    service.quickBuilder();
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
  }

  @Test
  void aBuilderThatCannotBeReachedIsAFailureThatPasses() throws IOException {
    service.builder(order -> {
      throw new IOException("unreachable");
    });
    Response response = service.get(KERNEL);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text())
        .isEqualTo("the builder cannot be given the order: unreachable\n");
    assertThat(response.header("retry-after")).contains("5");
    service.pass(Duration.ofSeconds(5));
    service.quickBuilder();
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
  }

  @Test
  void aPlanThatCannotBeKeptIsOrderedOfNobody() {
    service.quickBuilder();
    service.plans.away = true;
    Response response = service.get(KERNEL);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text()).isEqualTo("the plan cannot be kept: the store is away\n");
    assertThat(service.orders).isEmpty();
    service.plans.away = false;
    service.pass(Duration.ofSeconds(5));
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
  }

  @Test
  void aBuilderThatDiesIsReplacedWhileTheClientWaits() {
    service.builder(order -> {
      service.beat(order, Progress.NONE);
      if (order.fence() == 2) {
        service.finish(order);
      }
    });
    assertThat(service.send("GET", KERNEL, CURL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(2);
  }

  @Test
  void buildersThatAlwaysDieAreADefect() {
    service.builder(order -> service.beat(order, Progress.NONE));
    Response response = service.send("GET", KERNEL, CURL);
    while (response.status() == 307) {
      response = service.send("GET", response.header("location").orElseThrow(), CURL);
    }
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text())
        .isEqualTo(
            "build failed in queued, build "
                + service.orders.getFirst().address().buildId()
                + ": the builder stopped 3 times without saying why\n");
    assertThat(service.orders).hasSize(3);
  }

  private void beatingForEver(imageservice.ledger.BuildOrder order) throws IOException {
    service.beat(order, new Progress(Stage.ASSEMBLING, 1, 4));
    service.after(Duration.ofSeconds(5), this::beatingForEver, order);
  }

  private void beatingFor50Seconds(imageservice.ledger.BuildOrder order) throws IOException {
    for (int seconds = 0; seconds < 50; seconds += 5) {
      service.after(
          Duration.ofSeconds(seconds),
          o -> service.beat(o, new Progress(Stage.STORING, 1, 2)),
          order);
    }
    service.after(Duration.ofSeconds(50), service::finish, order);
  }
}
