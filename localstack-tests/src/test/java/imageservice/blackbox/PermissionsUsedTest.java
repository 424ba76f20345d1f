package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.deployed.Artifacts;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every function is allowed what it does, and does all that it is allowed: the emulator refuses
/// the first, this test the second.
@Tag("deployed")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ServiceUnderTest.Shared.class)
final class PermissionsUsedTest {
  private static final String VERSION = "v1.13.2";

  private static final String REGISTRY = "RequestRegistryRole";

  /// What a registry's function reads by links alone, which are no calls of the SDK.
  private static final Set<String> BY_LINKS = Set.of("s3:GetObject", "s3:ListBucket");

  /// Roles in the template, and handlers.
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "RequestConfigurationRole",
          "imageservice.functions.ConfigurationFunction",
          "RequestAssetRole",
          "imageservice.functions.AssetFunction",
          REGISTRY,
          "imageservice.functions.RegistryFunction",
          "RequestReleaseRole",
          "imageservice.functions.ReleaseFunction",
          "BuilderBuildRole",
          "imageservice.builder.BuilderFunction",
          "BuilderIndexRole",
          "imageservice.builder.IndexFunction");

  /// One takes an order back that Lambda does not take, as the emulator takes all; the other takes
  /// back an upload that fails in its middle, for which these assets are too small.
  private static final Set<String> UNSEEN =
      Set.of("dynamodb:DeleteItem", "s3:AbortMultipartUpload");

  private final DeployedShape shape;

  PermissionsUsedTest(Shape shape) {
    this.shape = (DeployedShape) shape;
  }

  @Test
  void everythingThatIsAllowedIsDone() throws Exception {
    try (DeployedService service = shape.start(Files.createTempDirectory("image-service-roles"));
        Client client = service.client()) {
      use(service, client);
      for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
        Set<String> done = new TreeSet<>();
        service.deployment().calls(function.getValue()).forEach(call -> done.addAll(actions(call)));
        assertThat(allowed(shape.artifacts(), function.getKey()))
            .as(function.getKey())
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(done);
      }
    }
  }

  private static void use(DeployedService service, Client client) throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [a=" + UUID.randomUUID() + "]}");
    assertThat(client.get("/schematics/" + id).status()).isEqualTo(200);
    assertThat(client.get("/schematics/" + id, "Accept", "application/json").status())
        .isEqualTo(200);
    assertThat(client.get("/versions").status()).isEqualTo(200);
    assertThat(client.get("/version/" + VERSION + "/extensions/official").status()).isEqualTo(200);
    assertThat(client.get("/pxe/" + id + "/" + VERSION + "/metal-amd64").status()).isEqualTo(200);
    String iso = "/image/" + id + "/" + VERSION + "/metal-amd64.iso";
    String built = Hash.sha256(client.download(iso).body());
    // Objects are looked at by links, which are no calls of the SDK; a status reads its plan by
    // one.
    assertThat(client.get(iso, "Accept", "application/json").status()).isEqualTo(200);
    service.removeObject(client.get(iso).required("location"));
    Client.Answer again = client.eventually(iso);
    assertThat(again.status()).as(again.toString()).isEqualTo(200);
    assertThat(Hash.sha256(again.body())).isEqualTo(built);
    String other =
        client.configure("customization: {extraKernelArgs: [b=" + UUID.randomUUID() + "]}");
    String kernel = "/image/" + other + "/" + VERSION + "/kernel-amd64";
    assertThat(client.download(kernel).status()).isEqualTo(200);
    String image = "/v2/installer/" + other + "/manifests/" + VERSION;
    assertThat(client.download(image).status()).isEqualTo(200);
    service.deployment().limitBuilders(0);
    String waiting = "/image/" + other + "/" + VERSION + "/metal-arm64.iso";
    assertThat(client.get(waiting).status()).isEqualTo(307);
  }

  /// Those that are seen here: Lambda itself writes logs, and sends lost orders.
  private static Set<String> allowed(Artifacts artifacts, String role) {
    Set<String> allowed = artifacts.allowed(role);
    allowed.removeIf(action -> action.startsWith("logs:") || action.startsWith("sqs:"));
    allowed.removeAll(UNSEEN);
    if (role.equals(REGISTRY)) {
      allowed.removeAll(BY_LINKS);
    }
    return allowed;
  }

  /// The actions that an operation needs: Amazon S3, "Required permissions for Amazon S3 API
  /// operations". Who asks for an object that may be gone needs to list.
  private static Set<String> actions(String call) {
    return switch (call) {
      case "S3:GetObject", "S3:HeadObject" -> Set.of("s3:GetObject", "s3:ListBucket");
      case "S3:PutObject",
          "S3:CreateMultipartUpload",
          "S3:UploadPart",
          "S3:CompleteMultipartUpload" ->
          Set.of("s3:PutObject");
      case "S3:CopyObject", "S3:UploadPartCopy" -> Set.of("s3:GetObject", "s3:PutObject");
      case "Lambda:Invoke" -> Set.of("lambda:InvokeFunction");
      default -> Set.of(call.replace("DynamoDb:", "dynamodb:").replace("S3:", "s3:"));
    };
  }
}
