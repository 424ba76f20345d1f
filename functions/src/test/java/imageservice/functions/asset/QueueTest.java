package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// More orders than builders, in a time that passes by waiting.
final class QueueTest {
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
  void anOrderThatWaitsForMinutesIsBuiltByItsFirstBuilder() throws IOException {
    service.builder(order -> service.after(Duration.ofSeconds(149), service::finish, order));
    assertThat(served(KERNEL).status()).isEqualTo(302);
    assertThat(service.orders).hasSize(1);
    assertThat(service.ledger.find(service.orders.getFirst().address()).orElseThrow().attempt())
        .isEqualTo(1);
  }

  /// Lambda keeps events for which no instance is free, and drops them at their greatest age.
  @Test
  void throttledEventsAreAllBuilt() throws IOException {
    ThrottledLambda lambda = new ThrottledLambda(4, Duration.ofSeconds(10));
    service.builder(lambda::accept);
    lambda.schedule();
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      ConfigurationId id = service.post("customization: {extraKernelArgs: [a%d=1]}".formatted(i));
      paths.add("/image/" + id + "/v1.9.5/kernel-amd64");
    }
    for (String path : paths) {
      assertThat(service.send("GET", path, ASYNC).status()).isEqualTo(202);
    }
    for (String path : paths) {
      assertThat(served(path).status()).as(path).isEqualTo(302);
    }
    assertThat(lambda.built).isEqualTo(240);
    assertThat(lambda.dropped).isPositive();
  }

  @Test
  void thePlaceInTheQueueIsTold() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      ConfigurationId id = service.post("customization: {extraKernelArgs: [a%d=1]}".formatted(i));
      paths.add("/image/" + id + "/v1.9.5/kernel-amd64");
      assertThat(service.send("GET", paths.getLast(), ASYNC).body().text())
          .contains("\"state\":\"queued\"", "\"stage\":\"queued\"", "\"place\":" + i);
    }
    service.finish(service.orders.getFirst());
    BuildOrder third = service.orders.getLast();
    assertThat(service.get("/builds/" + third.address().buildId()).body().text())
        .contains("\"place\":2");
    Response ipxe = service.send("GET", paths.getLast(), Map.of("user-agent", "iPXE/1.21.1"));
    assertThat(ipxe.status()).isEqualTo(503);
    assertThat(ipxe.body().text())
        .isEqualTo(
            "waiting for a builder, place 2 in the queue, see /builds/%s\n"
                .formatted(third.address().buildId()));
  }

  @Test
  void anOrderThatNoBuilderTakesIsGivenTwiceAndThenRefused() {
    Response response = served(KERNEL);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body().text())
        .contains("no builder has taken the order in", "builders do not start");
    assertThat(service.orders).hasSize(2);
    assertThat(service.orders.get(1)).isEqualTo(service.orders.getFirst());
  }

  /// Follows hops as curl does.
  private Response served(String path) {
    Response response = service.send("GET", path, CURL);
    while (response.status() == 307) {
      response = service.send("GET", response.header("location").orElseThrow(), CURL);
    }
    return response;
  }

  /// Asynchronous invocations under a limit of concurrent instances.
  private final class ThrottledLambda {
    private record Event(BuildOrder order, java.time.Instant at) {}

    private final int instances;
    private final Duration build;
    private final Deque<Event> events = new ArrayDeque<>();
    private int built;
    private int dropped;

    ThrottledLambda(int instances, Duration build) {
      this.instances = instances;
      this.build = build;
    }

    void accept(BuildOrder order) {
      events.add(new Event(order, service.now()));
    }

    /// Takes as many events as there are instances, each time that a build could be done.
    void schedule() {
      service.after(
          build,
          () -> {
            schedule();
            take();
          });
    }

    private void take() throws IOException {
      for (int free = instances; free > 0 && !events.isEmpty(); ) {
        Event event = events.remove();
        if (event.at().plus(TestService.PATIENCE).isBefore(service.now())) {
          dropped++;
        } else if (service.ledger.claim(
            event.order().address(), event.order().fence(), service.now())) {
          service.finish(event.order());
          built++;
          free--;
        }
      }
    }
  }
}
