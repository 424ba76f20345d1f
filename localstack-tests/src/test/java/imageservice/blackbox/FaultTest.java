package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A source in trouble and parts that die are said so, leave nothing half done, and are forgotten
/// once they recovered.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultTest {
  private static final String VERSION = "v1.9.5";

  private final Shape shape;
  private ServiceUnderTest service = new GivenService("");
  private Client client = new Client("");

  FaultTest(Shape shape) {
    this.shape = shape;
  }

  @BeforeAll
  void start() throws Exception {
    service = shape.start(Files.createTempDirectory("image-service-faults"));
    client = service.client();
  }

  @AfterEach
  void recover() {
    service.registry().become(Fault.NONE);
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, 429",
    "BROKEN, 500",
    "GONE, siderolabs",
    "TAMPERED, digest",
    "TRUNCATED, bytes",
    "CUT, imager"
  })
  void aSourceInTroubleIsSaidSoAndForgottenOnceItRecovered(Fault fault, String cause)
      throws Exception {
    service.forgetImages();
    String path = path("metal-amd64.iso");
    service.registry().become(fault);
    Answer failed = client.follow("GET", path);
    assertThat(failed.status()).as(failed.toString()).isEqualTo(503);
    assertThat(failed.text()).contains("imager", cause).doesNotContain("\tat ", "Exception");
    assertThat(failed.text().strip().lines()).hasSize(1);
    assertThat(failed.required("retry-after")).matches("[0-9]+");
    service.registry().become(Fault.NONE);
    Answer whole = client.eventually(path);
    assertThat(whole.status()).as(whole.toString()).isEqualTo(200);
    assertThat(client.download(path("kernel-amd64")).body())
        .isEqualTo(SyntheticRelease.kernel(VERSION, "amd64", 1));
  }

  @Test
  void tellsHowMuchOfEachImageCame() throws Exception {
    service.forgetImages();
    String path = path("metal-amd64.iso");
    service.registry().become(Fault.HELD);
    String status = client.get(path, "Prefer", "respond-async").required("location");
    awaitStatus(
        status,
        "(?s).*\"stage\":\"fetching\",\"percent\":[1-9][0-9]?,.*\"inputs\":\\[\\{\"repository\":\"imager\","
            + "\"digest\":\"sha256:[0-9a-f]{64}\",\"doneBytes\":[1-9][0-9]*,\"totalBytes\":[1-9][0-9]*}].*");
    service.registry().become(Fault.NONE);
    assertThat(client.download(path).status()).isEqualTo(200);
  }

  @Test
  void aBuilderThatIsKilledInTheMiddleCostsNoMoreThanItsWork() throws Exception {
    service.forgetImages();
    String path = path("metal-arm64.iso");
    service.registry().become(Fault.HELD);
    String status = client.get(path, "Prefer", "respond-async").required("location");
    awaitStatus(status, "(?s).*\"stage\":\"fetching\".*");
    service.killBuilders();
    service.registry().become(Fault.NONE);
    Answer whole = client.download(path);
    assertThat(whole.status()).as(whole.toString()).isEqualTo(200);
    assertThat(client.download(path).body()).isEqualTo(whole.body());
  }

  @Test
  void servesWhatWasBuiltBeforeItWasStartedAgain() throws Exception {
    String path = path("initramfs-amd64.xz");
    byte[] before = client.download(path).body();
    long builds = builds();
    service.restart();
    Answer after = client.download(path);
    assertThat(after.status()).as(after.toString()).isEqualTo(200);
    assertThat(after.body()).isEqualTo(before);
    assertThat(builds()).isEqualTo(builds);
  }

  /// How often something was built, as the log tells.
  private long builds() throws Exception {
    return service.log().lines().filter(line -> line.contains("\"event\":\"build\"")).count();
  }

  private void awaitStatus(String path, String expected) throws Exception {
    while (!client.get(path).text().matches(expected)) {
      Thread.sleep(20);
    }
  }

  /// Of a configuration that nobody asked for before.
  private String path(String name) throws Exception {
    String id =
        client.configure("customization: {extraKernelArgs: [fresh=" + UUID.randomUUID() + "]}");
    return "/image/" + id + "/" + VERSION + "/" + name;
  }
}
