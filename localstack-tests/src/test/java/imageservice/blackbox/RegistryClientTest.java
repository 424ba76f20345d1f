package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Installer images, pulled as clients of registries pull them.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class RegistryClientTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "v1.9.5";
  private static final int MANY = 50;
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  @TempDir private Path folder = Path.of("");

  private final ServiceUnderTest service;
  private final Client client;

  RegistryClientTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theProtocolIsSpokenWithoutARedirect() throws Exception {
    for (String path : List.of("/v2", "/v2/")) {
      Answer answer = client.get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.required("docker-distribution-api-version")).isEqualTo("registry/2.0");
    }
  }

  /// A cold image by its tag, then everything below it by digest.
  @Test
  void everythingBelowATagIsThere() throws Exception {
    String repository = "/v2/installer/" + fresh();
    Answer index = client.follow("GET", repository + "/manifests/" + VERSION);
    assertThat(index.status()).as(index.toString()).isEqualTo(200);
    assertThat(index.required("content-type")).isEqualTo(INDEX);
    assertThat(index.required("docker-content-digest")).isEqualTo(digest(index));
    assertThat(client.get(repository + "/manifests/" + digest(index)).body())
        .isEqualTo(index.body());
    List<String> architectures = new ArrayList<>();
    for (JsonNode entry : JSON.readTree(index.body()).get("manifests")) {
      architectures.add(entry.at("/platform/architecture").asText());
      Answer manifest = client.get(repository + "/manifests/" + entry.get("digest").asText());
      assertThat(digest(manifest)).isEqualTo(entry.get("digest").asText());
      assertThat(manifest.required("content-type")).isEqualTo(entry.get("mediaType").asText());
      assertBlobs(repository, JSON.readTree(manifest.body()));
    }
    assertThat(architectures).containsExactly("amd64", "arm64");
  }

  private void assertBlobs(String repository, JsonNode manifest) throws Exception {
    List<JsonNode> blobs = new ArrayList<>(List.of(manifest.get("config")));
    manifest.get("layers").forEach(blobs::add);
    for (JsonNode blob : blobs) {
      String path = repository + "/blobs/" + blob.get("digest").asText();
      Answer whole = client.follow("GET", path);
      assertThat(digest(whole)).isEqualTo(blob.get("digest").asText());
      assertThat(whole.body()).hasSize(blob.get("size").asInt());
      Answer head = client.follow("HEAD", path);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.required("content-length")).isEqualTo(blob.get("size").asText());
      Answer part = client.follow("GET", path, "Range", "bytes=0-1");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.body()).hasSize(2);
    }
  }

  @Test
  void headOfAColdImageHasItsDigestAndLength() throws Exception {
    String path = "/v2/aws-installer/" + fresh() + "/manifests/" + VERSION;
    Answer head = client.follow("HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    Answer index = client.get(path);
    assertThat(head.required("docker-content-digest")).isEqualTo(digest(index));
    assertThat(head.required("content-length")).isEqualTo(Integer.toString(index.body().length));
  }

  @Test
  void aProgramPullsAColdImageWhoseFilesAreTheAssets() throws Exception {
    Command.require("skopeo");
    Command.require("umoci");
    String id = fresh();
    URI address = URI.create(service.url());
    run(
        "skopeo",
        "copy",
        "--src-tls-verify=false",
        "--override-arch",
        "arm64",
        "docker://%s:%d/metal-installer/%s:%s"
            .formatted(address.getHost(), address.getPort(), id, VERSION),
        "oci:" + folder.resolve("image") + ":installer");
    run(
        "umoci",
        "raw",
        "unpack",
        "--rootless",
        "--image",
        folder.resolve("image") + ":installer",
        folder.resolve("root").toString());
    Path installed = folder.resolve("root/usr/install/arm64");
    String assets = "/image/" + id + "/" + VERSION + "/";
    assertSame(installed.resolve("vmlinuz"), assets + "kernel-arm64");
    assertSame(installed.resolve("initramfs.xz"), assets + "initramfs-arm64.xz");
  }

  private void assertSame(Path file, String asset) throws Exception {
    assertThat(file.toFile().setReadable(true)).isTrue();
    assertThat(Hash.sha256(Files.readAllBytes(file)))
        .as(asset)
        .isEqualTo(Hash.sha256(client.download(asset).body()));
  }

  /// Each client comes back when it is told to.
  @Test
  void manyColdPullsAreOneBuildOfOneImage() throws Exception {
    String id = fresh();
    String path = "/v2/installer/" + id + "/manifests/" + VERSION;
    int clients = Math.min(MANY, service.clientsAtOnce());
    Set<String> digests = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> pull = () -> digest(client.eventually(path));
      for (Future<String> digest : threads.invokeAll(Collections.nCopies(clients, pull))) {
        digests.add(digest.get());
      }
    }
    assertThat(digests).containsExactly(digest(client.get(path)));
    assertThat(builds(id)).isEqualTo(1);
  }

  private long builds(String id) throws IOException {
    return service
        .log()
        .lines()
        .filter(line -> line.contains("\"event\":\"build\"") && line.contains(id))
        .count();
  }

  @Test
  void aBlobThatIsGoneIsBuiltAgainWithItsImage() throws Exception {
    String repository = "/v2/installer/" + fresh();
    Answer index = client.follow("GET", repository + "/manifests/" + VERSION);
    String manifest = JSON.readTree(index.body()).at("/manifests/0/digest").asText();
    String layers = client.get(repository + "/manifests/" + manifest).text();
    String blob = repository + "/blobs/" + JSON.readTree(layers).at("/layers/1/digest").asText();
    service.removeObject(client.get(blob).required("location"));
    assertThat(client.get(blob).text()).contains("BLOB_UNKNOWN");
    Answer again = client.follow("GET", repository + "/manifests/" + VERSION);
    assertThat(again.body()).isEqualTo(index.body());
    assertThat(client.follow("GET", blob).status()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsToldInTheProtocolsWay() throws Exception {
    String repository = "/v2/installer/" + fresh();
    assertThat(client.get(repository + "/tags/list").text()).contains("\"" + VERSION + "\"");
    assertThat(client.get(repository + "/manifests/v0.0.1").text()).contains("MANIFEST_UNKNOWN");
    assertThat(client.get("/v2/installer/" + "0".repeat(64) + "/tags/list").text())
        .contains("NAME_UNKNOWN");
    Answer pushed = client.post(repository + "/blobs/uploads", "");
    assertThat(pushed.status()).isEqualTo(405);
    assertThat(pushed.text()).contains("UNSUPPORTED");
  }

  private String fresh() throws IOException, InterruptedException {
    return client.configure(
        "customization: {meta: [{key: 10, value: '" + UUID.randomUUID() + "'}]}");
  }

  private void run(String... command) throws Exception {
    Command.Result result = Command.run(folder, List.of(command));
    assertThat(result.status()).as(result.toString()).isZero();
  }

  private static String digest(Answer answer) {
    return "sha256:" + Hash.sha256(answer.body());
  }
}
