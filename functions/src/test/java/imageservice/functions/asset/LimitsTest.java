package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.functions.http.WaitingRoom;
import imageservice.ledger.BuildBudget;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is built at once, waits at once and is built in a day has an end.
final class LimitsTest {
  private static final String KERNEL = "/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64";
  private static final Map<String, String> CURL = Map.of("user-agent", "curl/8.5.0");
  private static final Map<String, String> ASYNC = Map.of("prefer", "respond-async");

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5");
    service.post("{}");
  }

  @Test
  void aBuildBeyondTheDaysBudgetIsToldUntilWhen() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T23:00:00Z"));
    service.builder(budgeted(1, now::get)::start);
    assertThat(served(KERNEL).status()).isEqualTo(302);
    String other = "/image/" + service.post("{overlay: {}}") + "/v1.9.5/cmdline-metal-amd64";
    Response refused = served(other);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(seconds(refused)).isBetween(3600, 3609);
    assertThat(refused.body().text())
        .isEqualTo(
            "all 1 builds of this day are used up: new ones are built from 2026-03-02T00:00:00Z on;"
                + " what was built before is served as ever\n");
    assertThat(served(KERNEL).status()).isEqualTo(302);
    now.set(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(served(other).status()).isEqualTo(302);
  }

  @Test
  void whoeverFindsNoPlaceToWaitIsToldSoAndTheBuildGoesOn() throws IOException {
    service
        .waiting(1)
        .builder(order -> service.after(Duration.ofSeconds(5), service::finish, order));
    WaitingRoom room = new TableWaitingRoom(service.builds, 1, service::now);
    try (WaitingRoom.Place _ = room.enter("other", service.now().plusSeconds(60)).orElseThrow()) {
      Response refused = served(KERNEL);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(seconds(refused)).isBetween(5, 14);
      assertThat(refused.body().text())
          .startsWith("the build goes on, and as many requests wait for builds as may: ask again");
      assertThat(service.orders).hasSize(1);
      assertThat(service.send("GET", KERNEL, ASYNC).status()).isEqualTo(202);
      service.pass(Duration.ofSeconds(5));
      assertThat(served(KERNEL).status()).isEqualTo(302);
    }
    String other = "/image/" + service.post("{overlay: {}}") + "/v1.9.5/cmdline-metal-amd64";
    assertThat(served(other).status()).isEqualTo(302);
    assertThat(room.enter("again", service.now().plusSeconds(60))).as("was left").isPresent();
  }

  /// A builder that is done at once, so many times a day.
  private BuilderInvocation budgeted(int perDay, InstantSource clock) {
    return new BudgetedBuilderInvocation(
        invocation(service::finish), new BuildBudget(service.builds, perDay), clock);
  }

  @Test
  void aFullQueueSaysBusyAndLeavesTheRecordUntouched() throws IOException {
    service.builder(order -> {
      throw new BusyException("busy: 256 builds wait", Duration.ofSeconds(7));
    });
    Response response = service.send("GET", KERNEL, Map.of("user-agent", "iPXE/1.21.1"));
    assertThat(response.status()).isEqualTo(503);
    assertThat(seconds(response)).isBetween(7, 16);
    assertThat(response.header("cache-control")).contains("no-store");
    assertThat(response.body().text()).isEqualTo("busy: 256 builds wait\n");
    assertThat(service.ledger.find(service.orders.getFirst().address())).isEmpty();
    assertThat(service.orders).as("24 s in steps of 7").hasSize(4);
    service.quickBuilder();
    assertThat(served(KERNEL).status()).isEqualTo(302);
  }

  @Test
  void aBootScriptIsServedWhileTheBuilderIsBusy() throws IOException {
    service.builder(order -> {
      throw new BusyException("busy", Duration.ofSeconds(7));
    });
    assertThat(service.get("/pxe/" + TestService.EMPTY + "/v1.9.5/metal-amd64").status())
        .isEqualTo(200);
  }

  @Test
  void whoeverDoesNotWaitIsToldAtOnceThatBuildersAreBusy() {
    service.builder(order -> {
      throw new BusyException("busy: 256 builds wait", Duration.ofSeconds(7));
    });
    Response response = service.send("GET", KERNEL, ASYNC);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text()).isEqualTo("busy: 256 builds wait\n");
    assertThat(service.orders).hasSize(1);
  }

  @Test
  void noMoreBuildsAreOpenThanMayAndWhoeverWaitsIsNext() throws IOException {
    List<BuildOrder> open = new ArrayList<>();
    service.builder(bounded(2, open)::start);
    List<String> paths = fresh(3);
    assertThat(service.send("GET", paths.get(0), ASYNC).status()).isEqualTo(202);
    assertThat(service.send("GET", paths.get(1), ASYNC).status()).isEqualTo(202);
    Response refused = service.send("GET", paths.get(2), ASYNC);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(seconds(refused)).isBetween(5, 14);
    assertThat(refused.body().text())
        .isEqualTo("as many builds run as may; ask again when one of them has ended\n");
    assertThat(open).hasSize(2);
    service.after(Duration.ofSeconds(10), service::finish, open.getFirst());
    service.after(Duration.ofSeconds(15), () -> service.finish(open.getLast()));
    assertThat(served(paths.get(2)).status()).isEqualTo(302);
    assertThat(open).hasSize(3);
  }

  @Test
  void aBuilderThatDiedHoldsNoPlace() throws IOException {
    List<BuildOrder> open = new ArrayList<>();
    service.builder(bounded(1, open)::start);
    List<String> paths = fresh(2);
    assertThat(service.send("GET", paths.get(0), ASYNC).status()).isEqualTo(202);
    BuildOrder died = open.getFirst();
    assertThat(service.ledger.claim(died.address(), died.fence(), service.now())).isTrue();
    service.after(Duration.ofSeconds(30), () -> service.finish(open.getLast()));
    assertThat(served(paths.get(1)).status()).isEqualTo(302);
    assertThat(open).hasSize(2);
  }

  @Test
  void anOrderThatNoBuilderCouldBeGivenHoldsNoPlace() throws IOException {
    BuilderInvocation broken =
        invocation(order -> {
          throw new IOException("no builder");
        });
    BuilderInvocation bounded =
        new BoundedBuilderInvocation(broken, service.builds, 1, service::now);
    service.builder(bounded::start);
    for (String path : fresh(2)) {
      assertThat(service.send("GET", path, ASYNC).body().text())
          .contains("the builder cannot be given the order: no builder");
    }
  }

  private BuilderInvocation bounded(int most, List<BuildOrder> open) {
    return new BoundedBuilderInvocation(invocation(open::add), service.builds, most, service::now);
  }

  private List<String> fresh(int count) {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ConfigurationId id = service.post("customization: {extraKernelArgs: [a%d=1]}".formatted(i));
      paths.add("/image/" + id + "/v1.9.5/kernel-amd64");
    }
    return paths;
  }

  private static BuilderInvocation invocation(TestService.Behaviour behaviour) {
    return new BuilderInvocation() {
      @Override
      public void start(BuildOrder order) throws IOException {
        behaviour.build(order);
      }

      @Override
      public Duration patience() {
        return TestService.PATIENCE;
      }
    };
  }

  /// Follows hops as curl does.
  private Response served(String path) {
    Response response = service.send("GET", path, CURL);
    while (response.status() == 307) {
      response = service.send("GET", response.header("location").orElseThrow(), CURL);
    }
    return response;
  }

  private static int seconds(Response refused) {
    return Integer.parseInt(refused.header("retry-after").orElseThrow());
  }
}
