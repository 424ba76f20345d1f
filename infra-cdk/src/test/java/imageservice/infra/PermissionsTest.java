package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What each function may do, all of it: an action more, or less, fails here.
final class PermissionsTest {
  private static final String POLICY = "AWS::IAM::Policy";
  private static final String LOGS = "logs:CreateLogStream logs:PutLogEvents on own log";
  private static final String LOST_ORDERS =
      "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage on LostOrders";

  private final Synthesis stack = Synthesis.standard();

  @Test
  void configurationsAreReadAndWrittenByTheirFunction() {
    assertThat(allowed("RequestConfiguration"))
        .containsExactlyInAnyOrder(
            LOGS, "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem on Configurations");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestAsset", "RequestRegistry"})
  void assetsAreLinkedAndOrderedByTheirFunctions(String function) {
    assertThat(allowed(function))
        .containsExactlyInAnyOrder(
            LOGS,
            "dynamodb:BatchGetItem dynamodb:GetItem on Configurations",
            "dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem"
                + " dynamodb:UpdateItem on Builds",
            "s3:GetObject on Assets/*",
            "s3:PutObject on Assets/plans/*",
            "s3:ListBucket on Assets",
            "lambda:InvokeFunction on BuilderBuild",
            "lambda:InvokeFunction on BuilderIndex");
  }

  @Test
  void releasesAreReadByTheirFunction() {
    assertThat(allowed("RequestRelease"))
        .containsExactlyInAnyOrder(LOGS, "dynamodb:GetItem on Builds");
  }

  @Test
  void theBuilderWritesAssetsAndRecordsAndKnowsNoConfigurations() {
    assertThat(allowed("BuilderBuild"))
        .containsExactlyInAnyOrder(
            LOGS,
            "dynamodb:GetItem dynamodb:PutItem on Builds",
            "s3:AbortMultipartUpload s3:GetObject s3:PutObject on Assets/*",
            "s3:ListBucket on Assets",
            LOST_ORDERS);
  }

  @Test
  void theIndexIsWrittenAndNoAsset() {
    assertThat(allowed("BuilderIndex"))
        .containsExactlyInAnyOrder(
            LOGS, "dynamodb:GetItem dynamodb:PutItem on Builds", LOST_ORDERS);
  }

  @Test
  void secretsAreReadByThoseWhoNeedThemAndNoOthers() {
    Synthesis secretive = Synthesis.everything();
    String idKey = "\"" + EverySetting.VALUES.get("idKeySecret") + "\"";
    assertThat(secrets(secretive, "RequestConfiguration")).containsExactly(idKey);
    assertThat(secrets(secretive, "RequestAsset"))
        .hasSize(2)
        .contains(idKey)
        .anyMatch(secret -> secret.endsWith(":secret:image-service/edge-??????\"]]}"));
    for (String function : List.of("BuilderBuild", "BuilderIndex")) {
      assertThat(secrets(secretive, function))
          .hasSize(2)
          .allMatch(secret -> secret.contains(":secretsmanager:"))
          .anyMatch(secret -> secret.endsWith(":secret:image-service/registry-??????\"]]}"))
          .anyMatch(secret -> secret.endsWith(":secret:image-service/trusted-root-??????\"]]}"));
    }
    assertThat(secrets(secretive, "RequestRelease")).isEmpty();
  }

  private static List<String> secrets(Synthesis stack, String function) {
    return statements(stack.properties(POLICY, function + "Role"))
        .filter(s -> s.get("Action").toString().contains("secretsmanager"))
        .peek(s -> assertThat(s.get("Action").asText()).isEqualTo("secretsmanager:GetSecretValue"))
        .map(s -> s.get("Resource").toString())
        .toList();
  }

  @Test
  void imagesAreSignedByTheBuilderAlone() {
    Synthesis signing = Synthesis.everything();
    for (String function :
        List.of(
            "RequestConfiguration",
            "RequestAsset",
            "RequestRegistry",
            "RequestRelease",
            "BuilderIndex")) {
      assertThat(statements(signing.properties(POLICY, function + "Role")))
          .noneMatch(statement -> statement.get("Action").toString().contains("kms"));
    }
    assertThat(statements(signing.properties(POLICY, "BuilderBuildRole")))
        .filteredOn(statement -> statement.get("Action").toString().contains("kms"))
        .allSatisfy(statement ->
            assertThat(statement.get("Action").toString())
                .isEqualTo("[\"kms:GetPublicKey\",\"kms:Sign\"]"))
        .flatExtracting(PermissionsTest::resources)
        .containsExactlyInAnyOrder(
            EverySetting.VALUES.get("signingKey"),
            EverySetting.VALUES.get("secureBootKey"),
            EverySetting.VALUES.get("pcrKey"));
  }

  /// CDK writes one resource as a text, and several that share actions as a list.
  private static List<String> resources(JsonNode statement) {
    JsonNode resource = statement.get("Resource");
    return resource.isArray()
        ? StreamSupport.stream(resource.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(resource.asText());
  }

  @Test
  void nobodyHasManagedPoliciesNorActionsOrResourcesByWildcard() {
    assertThat(stack.resources("AWS::IAM::Role"))
        .hasSize(6)
        .noneMatch(role -> role.at("/Properties").has("ManagedPolicyArns"));
    assertThat(stack.resources(POLICY).flatMap(PermissionsTest::statements))
        .isNotEmpty()
        .noneMatch(s -> s.get("Action").toString().contains("*"))
        .noneMatch(s -> s.get("Resource").toString().equals("\"*\""));
  }

  private Set<String> allowed(String function) {
    JsonNode policy = stack.properties(POLICY, function + "Role");
    Set<String> allowed = new TreeSet<>();
    statements(policy)
        .forEach(s -> {
          assertThat(s.get("Effect").asText()).isEqualTo("Allow");
          allowed.add(actions(s) + " on " + resource(function, s.get("Resource")));
        });
    return allowed;
  }

  private static Stream<JsonNode> statements(JsonNode policy) {
    JsonNode properties = policy.has("Properties") ? policy.get("Properties") : policy;
    return properties.at("/PolicyDocument/Statement").valueStream();
  }

  private static String actions(JsonNode statement) {
    JsonNode action = statement.get("Action");
    return action.isTextual()
        ? action.asText()
        : String.join(" ", action.valueStream().map(JsonNode::asText).sorted().toList());
  }

  /// The resource's own name, without what the template makes of it.
  private static String resource(String function, JsonNode resource) {
    String id = resource.findValue("Fn::GetAtt").get(0).asText();
    String name = id.replaceFirst("^Storage", "").replaceFirst("[0-9A-F]{8}$", "");
    if (name.equals(function + "Log")) {
      return "own log";
    }
    if (name.endsWith("LostOrders")) {
      return "LostOrders";
    }
    return resource.has("Fn::Join") ? name + resource.at("/Fn::Join/1/1").asText() : name;
  }
}
