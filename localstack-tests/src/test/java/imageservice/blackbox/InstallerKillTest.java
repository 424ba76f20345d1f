package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever builds is killed while it stores an installer image: what is there of it is no image,
/// and is said to be none, until the rest is there too.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InstallerKillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "v1.9.5";

  /// Kernel and initramfs of 9 and 6 MB: storing them takes long enough to be killed meanwhile.
  private static final int SCALE = 30;

  /// A kill comes too late where this machine is busy; then it is tried with another image.
  private static final int TRIES = 20;

  private final Shape shape;
  private ServiceUnderTest service = new GivenService("");
  private @Nullable OwnService undisturbed;

  InstallerKillTest(Shape shape) {
    this.shape = shape;
  }

  @BeforeAll
  void start() throws Exception {
    service = shape.start(large(Files.createTempDirectory("installer-kill")));
    undisturbed = OwnService.start(InstallerKillTest::large, 0, "--external-url", service.url());
  }

  private static Machine large(Path folder) throws IOException {
    return Machine.in(folder, List.of(VERSION), SCALE);
  }

  @AfterAll
  void stop() throws Exception {
    service.close();
    if (undisturbed != null) {
      undisturbed.close();
    }
  }

  /// What an installer image consists of, as a service tells it under the same address that nobody
  /// kills.
  ///
  /// @param index its digest
  /// @param blobs digests of layers and configurations, in the order of the index
  private record Image(String index, List<String> manifests, List<String> blobs) {
    static Image of(Client client, String repository) throws Exception {
      Answer index = client.follow("GET", repository + "/manifests/" + VERSION);
      assertThat(index.status()).as(index.toString()).isEqualTo(200);
      List<String> manifests = new ArrayList<>();
      List<String> blobs = new ArrayList<>();
      for (JsonNode entry : JSON.readTree(index.body()).get("manifests")) {
        manifests.add(entry.get("digest").asText());
        JsonNode manifest =
            JSON.readTree(client.get(repository + "/manifests/" + manifests.getLast()).body());
        manifest.get("layers").forEach(layer -> blobs.add(layer.get("digest").asText()));
        blobs.add(manifest.at("/config/digest").asText());
      }
      return new Image(digest(index), manifests, blobs);
    }

    /// What the first architecture's machines will boot; it is stored long before the other's.
    String artifacts() {
      return blobs.get(1);
    }
  }

  @Test
  void halfAnImageIsNone() throws Exception {
    Client whole = Objects.requireNonNull(undisturbed).client();
    try (Client client = service.client()) {
      for (int i = 0; i < TRIES; i++) {
        String repository = repository(client, i);
        repository(whole, i);
        Image image = Image.of(whole, repository);
        service.registry().become(Fault.NONE);
        killWhileStoring(client, repository, image.artifacts());
        if (isHalf(client, repository, image)) {
          assertNoTag(client, repository, image);
          assertWhole(client, repository, image);
          return;
        }
      }
    }
    throw new AssertionError("no kill of " + TRIES + " came in the middle of storing an image");
  }

  private static String repository(Client client, int number) throws Exception {
    return "/v2/metal-installer/"
        + client.configure("customization: {extraKernelArgs: [killed=" + number + "]}");
  }

  /// Nothing can build the rest afterwards: the source is gone, and what came of it is too.
  private void killWhileStoring(Client client, String repository, String blob) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> pull =
          threads.submit(() -> status(client, repository + "/manifests/" + VERSION));
      while (client.get(repository + "/blobs/" + blob).status() == 404 && !pull.isDone()) {
        Thread.sleep(1);
      }
      service.registry().become(Fault.GONE);
      service.killBuilders();
      service.forgetImages();
    }
  }

  /// Of one request, which ends with a process that is killed.
  private static int status(Client client, String path) throws InterruptedException {
    try {
      return client.get(path).status();
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean isHalf(Client client, String repository, Image image) throws Exception {
    int there = 0;
    for (String blob : image.blobs()) {
      there += client.get(repository + "/blobs/" + blob).status() == 307 ? 1 : 0;
    }
    return there > 0 && there < image.blobs().size();
  }

  private static void assertNoTag(Client client, String repository, Image image) throws Exception {
    Answer refused = client.follow("GET", repository + "/manifests/" + VERSION);
    assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
    assertThat(refused.text()).startsWith("{\"errors\":[{\"code\":\"UNAVAILABLE\"");
    String index = repository + "/manifests/" + image.index();
    assertThat(client.get(index).status()).isEqualTo(404);
    assertThat(client.get(repository + "/manifests/" + image.manifests().getLast()).status())
        .isEqualTo(404);
  }

  private void assertWhole(Client client, String repository, Image image) throws Exception {
    service.registry().become(Fault.NONE);
    service.restart();
    Answer index = client.eventually(repository + "/manifests/" + VERSION);
    assertThat(index.status()).as(index.toString()).isEqualTo(200);
    assertThat(digest(index)).isEqualTo(image.index());
    for (String manifest : image.manifests()) {
      Answer answer = client.get(repository + "/manifests/" + manifest);
      assertThat(digest(answer)).isEqualTo(manifest);
    }
    for (String blob : image.blobs()) {
      Answer answer = client.follow("GET", repository + "/blobs/" + blob);
      assertThat(digest(answer)).isEqualTo(blob);
    }
  }

  private static String digest(Answer answer) {
    return "sha256:" + Hash.sha256(answer.body());
  }
}
