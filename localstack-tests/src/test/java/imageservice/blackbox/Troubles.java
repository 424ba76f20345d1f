package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import imageservice.blackbox.deployed.AlarmWatch;
import imageservice.blackbox.deployed.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What goes wrong with a deployed service, by the alarm that is meant to tell it.
record Troubles(DeployedService service, Client client, AlarmWatch alarms) {
  /// The schedule of the index.
  private static final Duration PERIOD = Duration.ofMinutes(5);

  /// Periods in half an hour.
  private static final int HALF_AN_HOUR = 6;

  /// Longer ago than alarms look back.
  private static final Duration LONG = Duration.ofHours(2);

  /// Something that goes wrong.
  interface Event {
    void comes() throws Exception;
  }

  /// @param raised the alarms that it raises
  record Trouble(Set<String> raised, Event event) {
    static Trouble of(Event event, String... raised) {
      return new Trouble(Set.of(raised), event);
    }
  }

  /// By the alarm that each is for.
  Map<String, Trouble> all() {
    return new TreeMap<>(
        Map.of(
            "ServerErrors", Trouble.of(this::answersFailAndFunctionsEnd, "ServerErrors"),
            "Throttles", Trouble.of(this::aFunctionGetsNoInstance, "Throttles"),
            "OrdersLost", Trouble.of(this::aBuilderDies, "OrdersLost"),
            "BuildsFail", Trouble.of(this::theSourceSendsOtherBytes, "BuildsFail"),
            "IndexIsOld", Trouble.of(this::theSourceIsGoneForHalfAnHour, "IndexIsOld"),
            "BuilderCannotStart",
                Trouble.of(this::theGrubKitIsGone, "BuilderCannotStart", "OrdersLost")));
  }

  /// What clients do on good days, mistakes and things that are not built yet included.
  void none() throws Exception {
    String iso = path("metal-amd64.iso");
    assertThat(client.download(iso).status()).isEqualTo(200);
    assertThat(client.download(iso).status()).isEqualTo(200);
    assertThat(client.get("/versions").status()).isEqualTo(200);
    assertThat(client.get("/image/none/v1.9.5/metal-amd64.iso").status()).isEqualTo(404);
    for (int i = 0; i < 6; i++) {
      assertThat(client.get(path("installer-amd64-secureboot.tar")).status()).isEqualTo(400);
    }
  }

  /// It ends, and what was measured is old. The index goes on meanwhile.
  void pass() throws Exception {
    Deployment deployment = service.deployment();
    service.registry().become(Fault.NONE);
    deployment.limit("RequestRelease", 100);
    deployment.forgetLostOrders();
    alarms.pass(LONG);
    deployment.runIndex();
  }

  /// Two functions that end while they hold a request, and three answers of 503, are five together.
  private void answersFailAndFunctionsEnd() throws Exception {
    forgetImages();
    service.registry().become(Fault.HELD);
    String held = path("metal-amd64.iso");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> one = threads.submit(() -> client.get(held));
      Future<Answer> other = threads.submit(() -> client.get(held));
      await(held, "\"stage\":\"fetching\"");
      while (!one.isDone() || !other.isDone()) {
        service.deployment().killAssetRequests();
        Thread.sleep(100);
      }
      assertThat(List.of(one.get().status(), other.get().status())).containsOnly(502);
    }
    service.registry().become(Fault.NONE);
    assertThat(client.eventually(held).status()).isEqualTo(200);
    forgetImages();
    service.registry().become(Fault.GONE);
    String path = path("metal-amd64.iso");
    for (int i = 0; i < 3; i++) {
      assertThat(client.download(path).status()).isEqualTo(503);
    }
  }

  private void aFunctionGetsNoInstance() throws Exception {
    service.deployment().limit("RequestRelease", 0);
    assertThat(client.get("/versions").status()).isEqualTo(429);
  }

  /// Lambda does not try orders again.
  private void aBuilderDies() throws Exception {
    forgetImages();
    service.registry().become(Fault.HELD);
    String path = path("metal-amd64.iso");
    await(path, "\"stage\":\"fetching\"");
    service.killBuilders();
    awaitLostOrder();
  }

  private void theSourceSendsOtherBytes() throws Exception {
    forgetImages();
    service.registry().become(Fault.TAMPERED);
    for (int i = 0; i < 3; i++) {
      await(path("metal-amd64.iso"), "\"state\":\"failed\"");
    }
  }

  /// The index runs, and cannot compare its list.
  private void theSourceIsGoneForHalfAnHour() throws Exception {
    service.registry().become(Fault.GONE);
    for (int i = 0; i < HALF_AN_HOUR; i++) {
      assertThat(alarms.raised()).as("%s periods later", i).isEmpty();
      alarms.pass(PERIOD);
      service.deployment().tryIndex();
    }
  }

  private void theGrubKitIsGone() throws Exception {
    Path kit = service.machine().kit();
    Path away = kit.resolveSibling("kit-away");
    service.killBuilders();
    Files.move(kit, away);
    await(path("metal-amd64.iso"), "\"state\":\"failed\"");
    awaitLostOrder();
    Files.move(away, kit);
    service.killBuilders();
  }

  /// As if no builder had ever fetched any; functions that answer requests stay.
  private void forgetImages() throws IOException, InterruptedException {
    service.killBuilders();
    service.deployment().removeAll("material/");
  }

  /// Orders an asset, and waits until its status says so.
  private void await(String path, String expected) throws Exception {
    String status = client.get(path, "Prefer", "respond-async").required("location");
    while (!client.get(status).text().contains(expected)) {
      Thread.sleep(50);
    }
  }

  private void awaitLostOrder() throws Exception {
    while (service.deployment().lostOrders() == 0) {
      Thread.sleep(50);
    }
  }

  /// Of a configuration that nobody asked for before.
  private String path(String name) throws IOException, InterruptedException {
    String id =
        client.configure("customization: {extraKernelArgs: [fresh=" + UUID.randomUUID() + "]}");
    return "/image/" + id + "/v1.9.5/" + name;
  }
}
