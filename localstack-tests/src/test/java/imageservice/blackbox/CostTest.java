package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.deployed.Deployment;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The table of calls in `docs/cost.md` is what the functions do, and its costs follow from it.
@Tag("deployed")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ServiceUnderTest.Shared.class)
final class CostTest {
  private static final Path PAGE =
      Path.of(System.getProperty("repository.folder", ".."), "docs/cost.md");
  private static final String RELEASE = "/v1.9.5/";

  private static final List<String> READS = List.of("DynamoDb:GetItem", "DynamoDb:BatchGetItem");
  private static final List<String> WRITES =
      List.of("DynamoDb:PutItem", "DynamoDb:UpdateItem", "DynamoDb:DeleteItem");
  private static final List<String> GETS = List.of("S3:GetObject", "S3:HeadObject");
  private static final List<String> PUTS =
      List.of(
          "S3:PutObject",
          "S3:CopyObject",
          "S3:CreateMultipartUpload",
          "S3:UploadPart",
          "S3:UploadPartCopy",
          "S3:CompleteMultipartUpload");

  /// What one use of the service calls.
  ///
  /// @param requests of clients to the API
  private record Calls(long requests, long reads, long writes, long gets, long puts) {
    static Calls of(long requests, List<String> calls) {
      return new Calls(
          requests,
          count(calls, READS),
          count(calls, WRITES),
          count(calls, GETS),
          count(calls, PUTS));
    }

    private static long count(List<String> calls, List<String> wanted) {
      return calls.stream().filter(wanted::contains).count();
    }

    boolean isWithin(Calls most) {
      return requests <= most.requests()
          && reads <= most.reads()
          && writes <= most.writes()
          && gets <= most.gets()
          && puts <= most.puts();
    }

    /// US dollars for a million uses, of what is paid by the call: the prices of the page.
    BigDecimal million() {
      return Stream.of(
              price("1.20", requests),
              price("0.125", reads),
              price("0.625", writes),
              price("0.40", gets),
              price("5.00", puts))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal price(String million, long count) {
      return new BigDecimal(million).multiply(BigDecimal.valueOf(count));
    }
  }

  private interface Use {
    void of(Client client) throws Exception;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeployedShape shape;

  CostTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void thePageSaysWhatIsCalled() throws Exception {
    try (DeployedService service = shape.start(Files.createTempDirectory("image-service-cost"));
        Client client = service.client()) {
      String id = fresh(client);
      client.download("/image/" + id + RELEASE + "kernel-amd64");
      client.download("/image/" + id + RELEASE + "initramfs-amd64.xz");
      client.get("/pxe/" + id + RELEASE + "metal-amd64");
      assertThat(client.follow("GET", index(id)).status()).isEqualTo(200);
      String cold = fresh(client);
      SoftAssertions uses = new SoftAssertions();
      uses.assertThat(calls(service, client, 1, CostTest::fresh)).isEqualTo(row("configuration"));
      uses.assertThat(calls(service, client, 1, c -> found(c, id, "kernel-amd64")))
          .isEqualTo(row("ready asset"));
      uses.assertThat(calls(service, client, 3, c -> networkBoot(c, id)))
          .isEqualTo(row("network boot"));
      uses.assertThat(calls(service, client, 6, c -> pull(c, id))).isEqualTo(row("ready image"));
      uses.assertThat(
              calls(
                  service,
                  client,
                  2,
                  c -> c.download("/image/" + cold + RELEASE + "metal-amd64.iso")))
          .matches(calls -> calls.isWithin(row("new ISO")), "within " + row("new ISO"));
      uses.assertAll();
    }
  }

  @Test
  void costsFollowFromCalls() throws IOException {
    for (String use :
        List.of("configuration", "ready asset", "network boot", "ready image", "new ISO")) {
      String[] cells = cells(use);
      assertThat(new BigDecimal(cells[cells.length - 2].strip()))
          .as(use)
          .isEqualByComparingTo(row(use).million());
    }
  }

  private static String fresh(Client client) throws Exception {
    return client.configure("customization: {extraKernelArgs: [a=" + UUID.randomUUID() + "]}");
  }

  private static void found(Client client, String id, String asset) throws Exception {
    assertThat(client.get("/image/" + id + RELEASE + asset).status()).isEqualTo(302);
  }

  private static void networkBoot(Client client, String id) throws Exception {
    assertThat(client.get("/pxe/" + id + RELEASE + "metal-amd64").status()).isEqualTo(200);
    found(client, id, "kernel-amd64");
    found(client, id, "initramfs-amd64.xz");
  }

  /// What an engine asks for: an index by its tag, a manifest, its configuration and its layers.
  private static void pull(Client client, String id) throws Exception {
    JsonNode entry = JSON.readTree(client.get(index(id)).body()).at("/manifests/0/digest");
    String repository = "/v2/metal-installer/" + id;
    JsonNode manifest =
        JSON.readTree(client.get(repository + "/manifests/" + entry.asText()).body());
    List<JsonNode> blobs = new ArrayList<>(List.of(manifest.get("config")));
    manifest.get("layers").forEach(blobs::add);
    for (JsonNode blob : blobs) {
      String path = repository + "/blobs/" + blob.get("digest").asText();
      assertThat(client.get(path).status()).isEqualTo(307);
    }
  }

  private static String index(String id) {
    return "/v2/metal-installer/" + id + "/manifests/v1.9.5";
  }

  private static Calls calls(DeployedService service, Client client, int requests, Use use)
      throws Exception {
    List<String> before = service.deployment().calls();
    use.of(client);
    return Calls.of(requests, Deployment.since(before, service.deployment().calls()));
  }

  private static Calls row(String use) {
    long[] counts =
        Arrays.stream(cells(use)).skip(2).limit(5).mapToLong(CostTest::number).toArray();
    return new Calls(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  private static long number(String cell) {
    return Long.parseLong(cell.strip());
  }

  private static String[] cells(String use) {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .filter(line -> line.startsWith("| " + use + " |"))
          .findFirst()
          .orElseThrow()
          .split("\\|", -1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
