package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.FaultyRegistry.Fault;
import imageservice.blackbox.deployed.Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Bytes do not travel twice: what one builder fetched, others take out of the bucket, and what is
/// there is copied there.
@Tag("deployed")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ServiceUnderTest.Shared.class)
final class SharedMaterialTest {
  private static final String VERSION = "v1.9.5";
  private static final String BUILDER = "imageservice.builder.BuilderFunction";

  /// Kernel and initramfs of 18 and 12 MB: long enough to be copied.
  private static final int SCALE = 60;

  private final DeployedShape shape;

  SharedMaterialTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void aFreshBuilderNeedsNoRegistryAndSendsLittle() throws Exception {
    try (DeployedService service = shape.start(machine(), Map.of());
        Client client = service.client()) {
      byte[] first = built(client);
      service.deployment().killInstances();
      service.registry().become(Fault.GONE);
      List<String> before = service.deployment().calls(BUILDER);
      byte[] second = built(client);
      assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);
      assertThat(Deployment.since(before, service.deployment().calls(BUILDER)))
          .satisfies(
              all -> assertThat(count(all, "S3:UploadPart")).isBetween(1L, 3L),
              all -> assertThat(count(all, "S3:UploadPartCopy")).isGreaterThanOrEqualTo(2),
              all -> assertThat(count(all, "S3:PutObject")).isZero());
    }
  }

  /// A builder that finds shared material damaged fetches it again, and one that is told so of a
  /// copied part sends it again, each within the same order.
  @Test
  void damagedMaterialIsReplaced() throws Exception {
    try (DeployedService service = shape.start(machine(), Map.of());
        Client client = service.client()) {
      built(client);
      service.deployment().killInstances();
      service.deployment().damageAll("material/");
      built(client);
      service.deployment().killInstances();
      service.registry().become(Fault.GONE);
      built(client);
    }
  }

  private static Machine machine() throws IOException {
    return Machine.in(Files.createTempDirectory("image-service-material"), List.of(VERSION), SCALE);
  }

  private static byte[] built(Client client) throws Exception {
    String argument = "fresh=" + UUID.randomUUID();
    String id = client.configure("customization: {extraKernelArgs: [" + argument + "]}");
    Answer answer = client.download("/image/" + id + "/" + VERSION + "/metal-amd64.iso");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    String iso = new String(answer.body(), StandardCharsets.ISO_8859_1);
    String kernel =
        new String(SyntheticRelease.kernel(VERSION, "amd64", SCALE), StandardCharsets.ISO_8859_1);
    assertThat(iso.contains(argument)).isTrue();
    assertThat(iso.contains(kernel)).as("the kernel, whole").isTrue();
    return answer.body();
  }

  private static long count(List<? extends String> calls, String call) {
    return calls.stream().filter(call::equals).count();
  }
}
