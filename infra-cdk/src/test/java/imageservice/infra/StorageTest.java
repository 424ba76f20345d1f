package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageservice.ledger.Retention;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StorageTest {
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String BUCKET = "AWS::S3::Bucket";

  private final Synthesis stack = Synthesis.standard();

  @Test
  void bothTablesHaveTheKeyThatItemsAreStoredUnder() {
    assertThat(stack.resources(TABLE))
        .hasSize(2)
        .allSatisfy(table -> {
          JsonNode properties = table.get("Properties");
          assertThat(properties.get("KeySchema").toString())
              .isEqualTo("[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]");
          assertThat(properties.get("AttributeDefinitions").toString())
              .isEqualTo("[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}]");
          assertThat(properties.get("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
        });
  }

  @Test
  void recordsExpireAndConfigurationsDoNot() {
    assertThat(stack.properties(TABLE, "Builds").get("TimeToLiveSpecification").toString())
        .isEqualTo("{\"AttributeName\":\"expires\",\"Enabled\":true}");
    assertThat(stack.properties(TABLE, "Configurations").has("TimeToLiveSpecification")).isFalse();
  }

  @Test
  void configurationsCanBeRecoveredAndOutliveTheStack() {
    JsonNode table = stack.one(TABLE, "Configurations").getValue();
    assertThat(table.get("DeletionPolicy").asText()).isEqualTo("Retain");
    assertThat(table.get("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    assertThat(table.at("/Properties/DeletionProtectionEnabled").asBoolean()).isTrue();
    assertThat(
            table
                .at("/Properties/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                .asBoolean())
        .isTrue();
  }

  @Test
  void theBucketIsClosedToThePublicAndToPlainHttp() {
    JsonNode bucket = stack.properties(BUCKET, "Assets");
    assertThat(bucket.get("PublicAccessBlockConfiguration").valueStream())
        .hasSize(4)
        .allMatch(JsonNode::asBoolean);
    assertThat(bucket.get("BucketEncryption").toString()).contains("\"AES256\"");
    JsonNode policy = stack.properties("AWS::S3::BucketPolicy", "Assets");
    JsonNode statement = policy.at("/PolicyDocument/Statement/0");
    assertThat(policy.at("/PolicyDocument/Statement")).hasSize(1);
    assertThat(statement.get("Effect").asText()).isEqualTo("Deny");
    assertThat(statement.get("Condition").toString())
        .isEqualTo("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}");
  }

  @Test
  void assetsAgeAndPartsOfUploadsDoNotStay() {
    JsonNode rules = stack.properties(BUCKET, "Assets").at("/LifecycleConfiguration/Rules");
    assertThat(rules).hasSize(1);
    JsonNode rule = rules.get(0);
    assertThat(Duration.ofDays(rule.get("ExpirationInDays").asInt()))
        .isEqualTo(Retention.OBJECT)
        .isGreaterThan(Retention.RECORD.plus(Retention.FRESH));
    assertThat(rule.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation").asInt()).isEqualTo(1);
    assertThat(rule.has("Prefix")).isFalse();
  }

  @Test
  void browsersMayReadWhatTheyAreRedirectedTo() {
    JsonNode rules = stack.properties(BUCKET, "Assets").at("/CorsConfiguration/CorsRules");
    assertThat(rules).hasSize(1);
    assertThat(rules.get(0).get("AllowedOrigins").toString()).isEqualTo("[\"*\"]");
    assertThat(rules.get(0).get("AllowedMethods").toString()).isEqualTo("[\"GET\",\"HEAD\"]");
    assertThat(rules.get(0).get("ExposedHeaders").toString())
        .isEqualTo(
            "[\"Accept-Ranges\",\"Content-Disposition\",\"Content-Length\",\"Content-Range\","
                + "\"Content-Type\",\"ETag\",\"Last-Modified\"]");
    assertThat(rules.get(0).get("AllowedHeaders").toString())
        .isEqualTo(
            "[\"Cache-Control\",\"If-Match\",\"If-Modified-Since\",\"If-None-Match\",\"If-Range\","
                + "\"If-Unmodified-Since\",\"Range\"]");
  }

  @Test
  void theBucketStaysUnlessToldOtherwise() {
    assertThat(stack.one(BUCKET, "Assets").getValue().get("DeletionPolicy").asText())
        .isEqualTo("Retain");
    Synthesis fleeting = Synthesis.of(Map.of("retainAssets", "false"));
    assertThat(fleeting.one(BUCKET, "Assets").getValue().get("DeletionPolicy").asText())
        .isEqualTo("Delete");
  }

  @Test
  void whatAnOlderStackLeftIsAdoptedAsItIs() {
    Synthesis adopting = Synthesis.everything();
    assertThat(adopting.resources(TABLE)).isEmpty();
    assertThat(adopting.resources(BUCKET)).isEmpty();
    assertThat(adopting.resources("AWS::S3::BucketPolicy")).isEmpty();
    JsonNode variables =
        adopting.properties("AWS::Lambda::Function", "RequestAsset").at("/Environment/Variables");
    assertThat(variables.get("CONFIGURATIONS_TABLE").asText()).isEqualTo("old-configurations");
    assertThat(variables.get("BUILDS_TABLE").asText()).isEqualTo("old-builds");
    assertThat(variables.get("ASSET_BUCKET").asText()).isEqualTo("old-assets");
    assertThat(adopting.properties("AWS::IAM::Policy", "RequestAssetRole").toString())
        .contains(
            ":table/old-configurations",
            ":table/old-builds",
            ":s3:::old-assets/*",
            ":s3:::old-assets/plans/*");
  }

  @Test
  void adoptingOneThingMakesTheOthers() {
    Synthesis adopting = Synthesis.of(Map.of("configurationsTable", "old-configurations"));
    assertThat(adopting.resources(TABLE)).hasSize(1);
    assertThat(adopting.one(TABLE, "StorageBuilds").getKey())
        .isEqualTo(stack.one(TABLE, "StorageBuilds").getKey());
    assertThat(adopting.resources(BUCKET)).hasSize(1);
  }
}
