package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.deployed.FreshAccount;
import imageservice.blackbox.deployed.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `./deploy` from its first step to its last and `./destroy`, in an emulated account, with a
/// stand-in for CDK's command line and for AWS's base image.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ServiceUnderTest.Shared.class)
@Timeout(600)
final class DeployTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path KIT_FILE = Path.of("kit.json");

  /// What CDK's bootstrap leaves, and the function that reads the releases.
  private static final String PREPARED =
      """
      {"Resources": {
        "Version": {"Type": "AWS::SSM::Parameter", "Properties": {
          "Name": "/cdk-bootstrap/hnb659fds/version", "Type": "String", "Value": "29"}},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {
          "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": "lambda.amazonaws.com"}}]}}},
        "Index": {"Type": "AWS::Lambda::Function", "Properties": {
          "FunctionName": "index", "Runtime": "python3.11", "Handler": "index.handler",
          "Role": {"Fn::GetAtt": ["Role", "Arn"]},
          "Code": {"ZipFile": "def handler(event, context):\\n    return {}\\n"}}}}}
      """;

  private static final String DEPLOYED =
      """
      {"Resources": {
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {
          "TableName": "configurations", "BillingMode": "PAY_PER_REQUEST",
          "DeletionProtectionEnabled": true,
          "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
          "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}},
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "assets"}}},
       "Outputs": {
        "ConfigurationsTableName": {"Value": {"Ref": "Table"}},
        "AssetBucketName": {"Value": {"Ref": "Bucket"}}}}
      """;

  private final ServiceUnderTest service;

  @SuppressWarnings("NullAway.Init") // before all tests
  private Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  private FreshAccount account;

  @SuppressWarnings("NullAway.Init") // before all tests
  private LoopbackRegistry registry;

  DeployTest(ServiceUnderTest service) {
    this.service = service;
  }

  @BeforeAll
  void open(@TempDir Path given) throws Exception {
    folder = given;
    Path pack = DeployTool.repository().resolve("builder-container/package");
    Command.Result packed = Command.run(folder, List.of(pack.toString()));
    assertThat(packed.status()).as(packed.output()).isZero();
    registry = LoopbackRegistry.start(folder.resolve("registry"));
    account = FreshAccount.open(folder.resolve("account"));
    account.create("CDKToolkit", PREPARED);
    pushBase(registry);
  }

  @AfterAll
  void close() {
    if (registry != null) {
      registry.close();
    }
    if (account != null) {
      account.close();
    }
  }

  @Test
  void deploysOnceAndAgainWithTheSameSettingsAndTheSameImage() throws Exception {
    DeployTool tool = tool("first", registry);
    Command.Result first = tool.run("deploy", arguments(tool, registry));
    assertThat(first.status()).as(first.output()).isZero();
    String digest = digest(first);
    assertThat(first.output())
        .contains("deploy: pushed the image " + digest, "ok      PXE", "deploy: the list of")
        .endsWith("deploy: ready: " + service.url() + "\n");

    Command.Result again = tool.run("deploy", "--no-package", "--grub-kit", kit());
    assertThat(again.status()).as(again.output()).isZero();
    assertThat(again.output()).contains("deploy: the image was pushed before: " + digest);
    assertThat(tool.npx())
        .hasSize(2)
        .allSatisfy(line -> {
          assertThat(line)
              .startsWith("--yes " + DeployTool.CDK + " deploy --require-approval never");
          assertThat(line).contains("-c builderImage=" + digest, "-c insecureSources=true");
          assertThat(line).contains("-c maxBuilders=2").endsWith(" ImageService");
        });
    assertThat(JSON.readTree(tool.settings().toFile()).path("builderBase").asText())
        .matches("127.0.0.1:[0-9]+/lambda/java@sha256:[0-9a-f]{64}");
    assertThatTheImageIsTheDockerfiles("image-service-builder@" + digest);
    anotherMachineMakesTheSameImage(digest);
  }

  /// Another cache, another registry.
  private void anotherMachineMakesTheSameImage(String digest) throws Exception {
    try (LoopbackRegistry other = LoopbackRegistry.start(folder.resolve("other-registry"))) {
      pushBase(other);
      DeployTool tool = tool("other", other);
      Command.Result result = tool.run("deploy", arguments(tool, other));
      assertThat(result.status()).as(result.output()).isZero();
      assertThat(digest(result)).isEqualTo(digest);
    }
  }

  private void assertThatTheImageIsTheDockerfiles(String image) throws Exception {
    JsonNode manifest = JSON.readTree(registry.manifest(image));
    assertThat(manifest.path("layers")).as(manifest.toString()).hasSize(3);
    JsonNode whole = JSON.readTree(registry.config(image));
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    assertThat(whole.path("architecture").asText()).isEqualTo(processor);
    JsonNode config = whole.path("config");
    String dockerfile =
        Files.readString(DeployTool.repository().resolve("builder-container/Dockerfile"));
    List<String> own = new ArrayList<>();
    config.path("Env").forEach(variable -> own.add(variable.asText()));
    assertThat(own.remove("LAMBDA_TASK_ROOT=/var/task")).as("of the base").isTrue();
    assertThat(own)
        .hasSize(2)
        .allSatisfy(variable -> {
          String[] parts = variable.split("=", 2);
          assertThat(dockerfile).containsAnyOf(parts[0] + "=\"" + parts[1] + "\"", variable);
        });
    assertThat(dockerfile).contains("CMD " + config.path("Cmd"));
    assertThat(config.path("User").asText()).isEqualTo("somebody");
    assertThat(config.path("Entrypoint")).hasToString("[\"/lambda-entrypoint.sh\"]");
    assertThat(config.path("WorkingDir").asText()).isEqualTo("/var/task");
    theLayersHaveTheKitAndWhatWasPacked(image, manifest);
  }

  private void theLayersHaveTheKitAndWhatWasPacked(String image, JsonNode manifest)
      throws Exception {
    Path pulled = folder.resolve("pulled");
    registry.pull(image, pulled);
    Path root = Files.createDirectories(folder.resolve("root"));
    for (JsonNode layer : manifest.path("layers")) {
      Path blob = pulled.resolve(layer.path("digest").asText().substring("sha256:".length()));
      Command.Result tar = Command.run(root, List.of("tar", "-xzf", blob.toString()));
      assertThat(tar.status()).as(tar.output()).isZero();
    }
    Path packed = DeployTool.repository().resolve("builder-container/target/image");
    same(root.resolve("var/task"), packed);
    assertThat(root.resolve("var/task/bootstrap")).isExecutable();
    assertThat(root.resolve("var/task/runtime/bin/java")).isExecutable();
    same(root.resolve("opt/grub-kit"), Path.of(kit()));
  }

  private void same(Path one, Path other) throws Exception {
    Command.Result difference =
        Command.run(folder, List.of("diff", "-r", one.toString(), other.toString()));
    assertThat(difference.output()).isEmpty();
  }

  @Test
  void saysWhichStepFailedAndThatItCanBeRepeated() throws Exception {
    DeployTool tool = tool("failing", registry).npxEndsWith(3);
    Command.Result result = tool.run("deploy", arguments(tool, registry));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output().lines().toList().getLast())
        .startsWith("deploy: the stack was not deployed, see above; run ./deploy again")
        .contains("-c builderMemory=3008");
  }

  @Test
  void destroysTheStackAndItsDataOnlyWhenToldTo() throws Exception {
    try (FreshAccount own = FreshAccount.open(folder.resolve("destroyed"))) {
      own.create("CDKToolkit", PREPARED);
      DeployTool tool = tool("destroy", registry).with(own.variables());
      Files.writeString(tool.settings(), "{\"insecureSources\": true}");
      assertThat(tool.run("destroy").output())
          .isEqualTo(
              "destroy: there is no stack ImageService in us-east-1; what an earlier one kept"
                  + " stays\n");
      own.create("ImageService", DEPLOYED);
      own.put("assets", "an/object");
      Command.Result kept = tool.run("destroy");
      assertThat(kept.output())
          .contains(
              "destroy: kept: the table of configurations, configurations",
              "to go on with them later: ./deploy -c assetBucket=assets -c"
                  + " configurationsTable=configurations");
      assertThat(own.hasBucket("assets")).isTrue();
      assertThat(tool.run("destroy", "--with-data").output())
          .isEqualTo("destroy: nobody can be asked here whether to delete data: add --yes\n");
      assertThat(tool.npx())
          .containsExactly(
              "--yes " + DeployTool.CDK + " destroy --force -c insecureSources=true ImageService");
      Command.Result gone = tool.run("destroy", "--with-data", "--yes");
      assertThat(gone.output())
          .contains("deleted the table configurations", "deleted the bucket assets");
      assertThat(own.hasBucket("assets")).isFalse();
      assertThat(gone.status()).as(gone.output()).isZero();
    }
  }

  @Test
  void refusesToForgetTheSettingsOfAStackThatIsThere() throws Exception {
    try (FreshAccount own = FreshAccount.open(folder.resolve("forgotten"))) {
      own.create("CDKToolkit", PREPARED);
      own.create("ImageService", DEPLOYED);
      DeployTool tool = tool("forget", registry).with(own.variables());
      Command.Result result = tool.run("deploy", "-c", "insecureSources=true", "--grub-kit", kit());
      assertThat(result.output())
          .startsWith("deploy: the stack is there already, and its settings");
      assertThat(result.status()).isEqualTo(1);
    }
  }

  private DeployTool tool(String name, LoopbackRegistry to) throws IOException {
    DeployTool tool =
        DeployTool.in(Files.createDirectories(folder.resolve(name)))
            .with(account.variables())
            .with(Map.of("DEPLOY_REGISTRY", to.authority()));
    tool.outputs(
        """
        {"ImageService": {"Url": "%1$s", "ApiUrl": "%1$s", "IndexFunctionName": "index"}}
        """
            .formatted(service.url()));
    return tool;
  }

  private String[] arguments(DeployTool tool, LoopbackRegistry from) throws IOException {
    Files.writeString(tool.settings(), "{\"maxBuilders\": 2}");
    String base = from.authority() + "/lambda/java:25";
    return new String[] {
      "--no-package", "--grub-kit", kit(), "-c", "insecureSources=true", "-c", "builderBase=" + base
    };
  }

  private String kit() throws IOException {
    Path kit = folder.resolve("kit");
    return (Files.exists(kit.resolve(KIT_FILE)) ? kit : SyntheticGrubKit.write(kit)).toString();
  }

  private static String digest(Command.Result result) {
    return result.output().replaceAll("(?s).*image (sha256:[0-9a-f]{64}).*", "$1");
  }

  private void pushBase(LoopbackRegistry to) throws IOException, InterruptedException {
    to.push(LambdaBase.write(Files.createTempDirectory(folder, "base")), "lambda/java:25");
  }
}
