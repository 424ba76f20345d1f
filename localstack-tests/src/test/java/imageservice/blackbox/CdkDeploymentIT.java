package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import imageservice.blackbox.deployed.AwsQuery;
import imageservice.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// What LocalStack knows of the stack, deployed into it as whoever deploys does it: by CDK's
/// command line, with the shipped zip.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Boots.PROCESSOR)
final class CdkDeploymentIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "ImageService";
  private static final String APP =
      "%s -cp target/test-classes:target/classes:target/lib/* imageservice.infra.StackWithoutApi"
          .formatted(Path.of(System.getProperty("java.home"), "bin", "java"));
  private static final String TEXT = "customization:\n    extraKernelArgs:\n        - vga=791\n";

  @SuppressWarnings("NullAway.Init") // before all tests
  private JsonNode template;

  @SuppressWarnings("NullAway.Init") // before all tests
  private JsonNode outputs;

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    succeed(folder, List.of(DeployTool.repository().resolve("functions/package").toString()));
    cdk(
        Files.createDirectory(folder.resolve("empty")),
        "bootstrap",
        "aws://000000000000/us-east-1");
    Path told = folder.resolve("outputs.json");
    List<String> deploy = new ArrayList<>(List.of("deploy", "--app", APP));
    deploy.addAll(List.of("--output", folder.resolve("cdk.out").toString()));
    deploy.addAll(List.of("--outputs-file", told.toString(), "--require-approval", "never"));
    deploy.addAll(List.of("-c", "insecureSources=true", STACK));
    cdk(DeployTool.repository().resolve("infra-cdk"), deploy.toArray(String[]::new));
    template = JSON.readTree(folder.resolve("cdk.out/ImageService.template.json").toFile());
    outputs = JSON.readTree(told.toFile()).path(STACK);
  }

  /// LocalStack tells that a resource is complete also where it only made up an id.
  @Test
  void everythingInTheTemplateIsThere() throws Exception {
    String there =
        new AwsQuery(HttpClient.newHttpClient(), LocalStack.endpoint().resolve("/"))
            .call("cloudformation", "DescribeStackResources", Map.of("StackName", STACK));
    template
        .path("Resources")
        .properties()
        .forEach(resource ->
            assertThat(there)
                .contains("<LogicalResourceId>" + resource.getKey() + "</LogicalResourceId>"));
    assertThat(there)
        .contains("<ResourceStatus>CREATE_COMPLETE<")
        .doesNotContain("<PhysicalResourceId>unknown<", "FAILED");
  }

  @Test
  void aDeployedFunctionAnswersAndStores() {
    String id = Hash.sha256(TEXT);
    try (LambdaClient lambda = LocalStack.configured(LambdaClient.builder()).build();
        DynamoDbClient dynamo = LocalStack.configured(DynamoDbClient.builder()).build()) {
      InvokeResponse answer =
          lambda.invoke(invoke ->
              invoke
                  .functionName(outputs.path("ConfigurationFunctionName").asText())
                  .payload(SdkBytes.fromUtf8String(posted(TEXT).toString())));
      assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
      assertThat(answer.payload().asUtf8String())
          .contains("\"statusCode\":201", "\"location\":\"/schematics/" + id + "\"")
          .doesNotContain("Mock response");
      Map<String, AttributeValue> stored =
          dynamo
              .getItem(get ->
                  get.tableName(outputs.path("ConfigurationsTableName").asText())
                      .key(Map.of("pk", AttributeValue.fromS("configuration#" + id))))
              .item();
      assertThat(stored.get("text")).isEqualTo(AttributeValue.fromS(TEXT));
    }
  }

  /// An event of an HTTP API.
  private static ObjectNode posted(String body) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("rawPath", "/schematics");
    event.put("rawQueryString", "").put("body", body).put("isBase64Encoded", false);
    event.putObject("headers").put("host", "service.invalid");
    ObjectNode context = event.putObject("requestContext").put("requestId", "request");
    context.putObject("http").put("method", "POST").put("path", "/schematics");
    return event;
  }

  private static void cdk(Path in, String... arguments) throws IOException, InterruptedException {
    URI endpoint = LocalStack.endpoint();
    List<String> command = new ArrayList<>(List.of("env"));
    DeployTool.FOREIGN.forEach(name -> command.addAll(List.of("-u", name)));
    command.addAll(List.of("AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test"));
    command.addAll(List.of("AWS_REGION=us-east-1", "AWS_ENDPOINT_URL=" + endpoint));
    command.add("AWS_ENDPOINT_URL_S3=" + endpoint); // with the path style of an address
    command.addAll(List.of("CDK_DISABLE_CLI_TELEMETRY=true", "CDK_DISABLE_VERSION_CHECK=1"));
    command.addAll(List.of("npx", "--yes", DeployTool.CDK));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--no-notices", "--no-version-reporting"));
    succeed(in, command);
  }

  private static void succeed(Path in, List<String> command)
      throws IOException, InterruptedException {
    Command.require("npx");
    Command.Result result = Command.run(in, command);
    assertThat(result.status()).as(result.output()).isZero();
  }
}
