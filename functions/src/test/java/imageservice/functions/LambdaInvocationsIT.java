package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AssetAddress;
import imageservice.functions.asset.LambdaBuilderInvocation;
import imageservice.functions.release.LambdaIndexerInvocation;
import imageservice.ledger.BuildOrder;
import imageservice.localstack.LocalStack;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.release.TalosVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Both invocations, of functions that run in LocalStack.
final class LambdaInvocationsIT {
  private static final String NAME = "events-" + UUID.randomUUID();
  private static final S3Client S3 = LocalStack.s3();
  private static final LambdaClient LAMBDA = LocalStack.configured(LambdaClient.builder()).build();

  @BeforeAll
  static void createBucket() {
    S3.createBucket(create -> create.bucket(NAME));
  }

  @AfterAll
  static void close() {
    LAMBDA.close();
    S3.close();
  }

  @Test
  void theBuilderGetsItsOrder() throws Exception {
    BuildOrder order =
        new BuildOrder(
            AssetAddress.parse("g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso")
                .orElseThrow(),
            7,
            AssetKey.of(new BuildPlan.Cmdline("a")));
    new LambdaBuilderInvocation(() -> LAMBDA, function("builder")).start(order);
    assertThat(BuildOrder.parse(event("builder"))).isEqualTo(order);
  }

  @Test
  void theIndexerGetsTheVersion() throws Exception {
    new LambdaIndexerInvocation(() -> LAMBDA, function("indexer")).start(TalosVersion.of(1, 9, 5));
    assertThat(event("indexer")).isEqualTo("{\"version\":\"v1.9.5\"}");
  }

  @Test
  void aFunctionThatIsNotThereIsAFailure() {
    assertThatThrownBy(
            () -> new LambdaIndexerInvocation(() -> LAMBDA, "none").start(TalosVersion.of(1, 9, 5)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the indexer");
  }

  private static String function(String key) throws IOException {
    String function = NAME + "-" + key;
    SdkBytes code = code();
    LAMBDA.createFunction(create ->
        create
            .functionName(function)
            .runtime("java25")
            .handler(KeepsItsEvent.class.getName())
            .role("arn:aws:iam::000000000000:role/any")
            .code(zip -> zip.zipFile(code))
            .memorySize(256)
            .timeout(30)
            .environment(set -> set.variables(Map.of(KeepsItsEvent.LINK, link(key)))));
    LAMBDA.waiter().waitUntilFunctionActiveV2(get -> get.functionName(function));
    return function;
  }

  private static SdkBytes code() throws IOException {
    String path = KeepsItsEvent.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream content = KeepsItsEvent.class.getClassLoader().getResourceAsStream(path)) {
      zip.putNextEntry(new ZipEntry(path));
      Objects.requireNonNull(content).transferTo(zip);
    }
    return SdkBytes.fromByteArray(bytes.toByteArray());
  }

  private static String link(String key) {
    try (S3Presigner presigner = LocalStack.presigner(LocalStack.endpoint())) {
      return presigner
          .presignPutObject(sign ->
              sign.signatureDuration(Duration.ofHours(1))
                  .putObjectRequest(put -> put.bucket(NAME).key(key)))
          .url()
          .toString();
    }
  }

  private static String event(String key) {
    S3.waiter().waitUntilObjectExists(head -> head.bucket(NAME).key(key));
    return S3.getObjectAsBytes(get -> get.bucket(NAME).key(key)).asUtf8String();
  }
}
