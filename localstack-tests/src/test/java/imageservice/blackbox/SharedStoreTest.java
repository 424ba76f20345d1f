package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three instances over one bucket and one database.
final class SharedStoreTest {
  private static final int CLIENTS = 30;
  private static final int ASSETS = 5;
  private static final Pattern BUILT =
      Pattern.compile("\"event\":\"build\",\"object\":\"([^\"]+)\"");

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // before each test
  private FaultyRegistry registry;

  @SuppressWarnings("NullAway.Init") // before each test
  private SharedServers servers;

  private final List<ServiceProcess> processes = new ArrayList<>();
  private final List<ServiceProcess> started = new ArrayList<>();
  private String external = "";

  @BeforeEach
  void start() throws Exception {
    Machine machine = Machine.in(folder);
    registry = new FaultyRegistry(machine.releases());
    servers = new SharedServers(folder.resolve("shared"));
    external = "http://127.0.0.1:" + FreePort.find() + "/";
    List<ServiceProcess> begun = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      begun.add(begin(i));
    }
    for (ServiceProcess process : begun) {
      processes.add(process.awaitReady());
    }
  }

  private ServiceProcess begin(int number) throws IOException {
    Machine machine =
        new Machine(folder, registry.prefix(), folder.resolve("grub-kit")).beside("m" + number);
    ServiceProcess process =
        machine.begin(
            SharedServers.CREDENTIALS, 0, servers.options(external).toArray(String[]::new));
    started.add(process);
    return process;
  }

  @AfterEach
  void stop() throws Exception {
    started.forEach(ServiceProcess::close);
    servers.close();
    registry.close();
  }

  private Client client(int number) throws IOException {
    return new Client(processes.get(number).url());
  }

  @Test
  void eachAssetIsBuiltOnceWhoeverIsAsked() throws Exception {
    List<String> assets = new ArrayList<>();
    try (Client first = client(0)) {
      for (int i = 0; i < ASSETS; i++) {
        assets.add(iso(first, i));
      }
    }
    List<Callable<Map.Entry<String, Answer>>> downloads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      downloads.add(() -> {
        try (Client client = client(number % processes.size())) {
          String asset = assets.get(number / processes.size() % ASSETS);
          return Map.entry(asset, client.download(asset));
        }
      });
    }
    Map<String, Set<String>> digests = new HashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Map.Entry<String, Answer>> download : threads.invokeAll(downloads)) {
        Answer answer = download.get().getValue();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        digests
            .computeIfAbsent(download.get().getKey(), ignored -> new HashSet<>())
            .add(Hash.sha256(answer.body()));
      }
    }
    assertThat(digests).hasSize(ASSETS);
    assertThat(digests.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    assertThat(built()).hasSize(ASSETS).doesNotHaveDuplicates();
  }

  /// Four builders hold on to material that does not come; the orders behind them wait.
  @Test
  void whatAKilledInstanceHadBegunOrOnlyTakenOnIsBuiltByTheOthers() throws Exception {
    List<String> assets = new ArrayList<>();
    try (Client victim = client(0)) {
      for (int i = 0; i < ASSETS + 1; i++) {
        assets.add(iso(victim, i));
      }
      assertThat(victim.get("/version/v1.9.5/extensions/official").status()).isEqualTo(200);
      registry.become(Fault.HELD);
      for (String asset : assets) {
        assertThat(victim.get(asset, "Accept", "application/json").status()).isEqualTo(202);
      }
    }
    processes.getFirst().kill();
    registry.become(Fault.NONE);
    Map<String, String> digests = new HashMap<>();
    try (Client second = client(1);
        Client third = client(2)) {
      for (String asset : assets) {
        Answer answer = (digests.size() % 2 == 0 ? second : third).eventually(asset);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        digests.put(asset, Hash.sha256(answer.body()));
      }
    }
    assertThat(built()).hasSize(assets.size()).doesNotHaveDuplicates();
    processes.set(0, begin(0).awaitReady());
    try (Client again = client(0)) {
      for (String asset : assets) {
        assertThat(Hash.sha256(again.download(asset).body())).isEqualTo(digests.get(asset));
      }
    }
    assertThat(built()).hasSize(assets.size());
  }

  @Test
  void aStoreThatIsAwayIsToldAndNothingIsLostByIt() throws Exception {
    try (Client client = client(1)) {
      String before = iso(client, 0);
      String after = iso(client, 1);
      String digest = Hash.sha256(client.eventually(before).body());
      servers.stopTables();
      assertThat(client.get(before).status()).isEqualTo(503);
      assertThat(client.post("/schematics", "{}").status()).isEqualTo(503);
      servers.startTables();
      assertThat(Hash.sha256(client.eventually(before).body())).isEqualTo(digest);
      servers.stopBucket();
      assertThat(client.get(before).status()).isEqualTo(503);
      Answer unbuilt = client.follow("GET", after);
      assertThat(unbuilt.status()).isEqualTo(503);
      assertThat(unbuilt.text()).contains("the plan cannot be kept: the store of plans");
      servers.startBucket();
      assertThat(client.eventually(before).status()).isEqualTo(200);
      assertThat(client.eventually(after).status()).isEqualTo(200);
    }
  }

  /// Whatever the bucket's address is, clients see the instance's alone.
  @Test
  void anInstanceMaySendTheBucketsBytesItself() throws Exception {
    String[] options = servers.options(external).toArray(String[]::new);
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--direct");
    ServiceProcess process =
        new Machine(folder, registry.prefix(), folder.resolve("grub-kit"))
            .beside("direct")
            .begin(SharedServers.CREDENTIALS, 0, all.toArray(String[]::new));
    started.add(process);
    try (Client direct = new Client(process.awaitReady().url());
        Client ordinary = client(0)) {
      String asset = iso(direct, 0);
      byte[] whole = ordinary.download(asset).body();
      assertThat(ordinary.get(asset, "User-Agent", "iPXE/1.21").status()).isEqualTo(302);
      Answer sent = direct.get(asset);
      assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
      assertThat(sent.body()).isEqualTo(whole);
      Answer part = direct.get(asset, "Range", "bytes=-2048");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.body())
          .isEqualTo(Arrays.copyOfRange(whole, whole.length - 2048, whole.length));
      assertThat(direct.get(asset, "If-None-Match", sent.required("etag")).status()).isEqualTo(304);
    }
  }

  private static String iso(Client client, int number) throws IOException, InterruptedException {
    String id = client.configure("customization: {extraKernelArgs: [number=%d]}".formatted(number));
    return "/image/" + id + "/v1.9.5/metal-amd64.iso";
  }

  /// The objects that builders say they made, once for each time.
  private List<String> built() throws IOException {
    List<String> objects = new ArrayList<>();
    for (ServiceProcess process : started) {
      Matcher matcher = BUILT.matcher(process.log());
      while (matcher.find()) {
        objects.add(matcher.group(1));
      }
    }
    return objects;
  }
}
