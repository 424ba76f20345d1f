package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class EdgeTest {
  private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";
  private static final String KEY = "MII" + "A".repeat(61) + "B".repeat(34) + "==";
  private static final Map<String, String> ON =
      Map.of("edgePublicKey", KEY, "edgeKeySecret", "image-service/edge");

  private final Synthesis stack = Synthesis.of(ON);
  private final JsonNode edge = stack.properties(DISTRIBUTION, "Edge").get("DistributionConfig");

  @Test
  void thereIsNoneUnlessItIsAskedFor() {
    assertThat(Synthesis.standard().json().toString()).doesNotContain("CloudFront", "EDGE_");
  }

  @Test
  void plainHttpIsAnsweredWhereBootLoadersComeByAndNowhereElse() {
    Map<String, String> protocols = new TreeMap<>();
    behaviors().forEach((path, b) -> protocols.put(path, b.get("ViewerProtocolPolicy").asText()));
    assertThat(protocols)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "*", "redirect-to-https",
                "/pxe", "allow-all",
                "/pxe/*", "allow-all",
                "/image/*", "allow-all",
                "/g????????/*", "allow-all",
                "/content/*", "allow-all"));
  }

  @Test
  void objectsAreForSignedLinksAndAssetsAloneAreAmongThem() {
    behaviors()
        .forEach((path, behavior) -> {
          boolean isBucket = path.equals("/g????????/*") || path.equals("/content/*");
          assertThat(behavior.has("TrustedKeyGroups")).as(path).isEqualTo(isBucket);
          assertThat(origin(behavior).has("S3OriginConfig")).as(path).isEqualTo(isBucket);
        });
    JsonNode objects = behavior("/g????????/*");
    String group = stack.one("AWS::CloudFront::KeyGroup", "Edge").getKey();
    assertThat(objects.at("/TrustedKeyGroups/0/Ref").asText()).isEqualTo(group);
    assertThat(objects.get("AllowedMethods").toString()).doesNotContain("PUT", "POST", "DELETE");
    assertThat(
            stack
                .properties("AWS::CloudFront::PublicKey", "Edge")
                .at("/PublicKeyConfig/EncodedKey")
                .asText())
        .isEqualTo(
            "-----BEGIN PUBLIC KEY-----\nMII%s\n%s==\n-----END PUBLIC KEY-----\n"
                .formatted("A".repeat(61), "B".repeat(34)));
    String access = stack.one("AWS::CloudFront::OriginAccessControl", "Edge").getKey();
    assertThat(origin(objects).at("/OriginAccessControlId/Fn::GetAtt/0").asText())
        .isEqualTo(access);
  }

  /// The bucket's policy names the distribution.
  @Test
  void nobodyElsesDistributionReadsTheBucket() {
    String id = stack.one(DISTRIBUTION, "Edge").getKey();
    assertThat(
            stack
                .properties("AWS::S3::BucketPolicy", "Assets")
                .at("/PolicyDocument/Statement")
                .valueStream()
                .filter(s -> s.toString().contains("cloudfront.amazonaws.com")))
        .singleElement()
        .satisfies(s -> {
          assertThat(s.get("Action").asText()).isEqualTo("s3:GetObject");
          assertThat(s.at("/Condition/StringEquals/AWS:SourceArn").toString()).contains(id);
        });
  }

  @Test
  void objectsAreKeptByTheirAddress() {
    JsonNode policy = cachePolicy(behavior("/g????????/*"));
    assertThat(policy.get("DefaultTTL").asInt()).isEqualTo(86_400);
    JsonNode key = policy.get("ParametersInCacheKeyAndForwardedToOrigin");
    assertThat(key.at("/QueryStringsConfig/QueryStrings").toString())
        .isEqualTo("[\"response-content-disposition\"]");
    assertThat(key.at("/HeadersConfig/HeaderBehavior").asText()).isEqualTo("none");
  }

  @Test
  void answersAreKeptWhereTheySaySoThemselvesAndFailuresAreNot() {
    for (String path : List.of("*", "/pxe", "/pxe/*", "/image/*")) {
      JsonNode policy = cachePolicy(behavior(path));
      assertThat(policy.get("DefaultTTL").asInt()).as(path).isZero();
      assertThat(policy.get("MinTTL").asInt()).as(path).isZero();
      JsonNode key = policy.get("ParametersInCacheKeyAndForwardedToOrigin");
      assertThat(key.at("/QueryStringsConfig/QueryStringBehavior").asText()).isEqualTo("all");
      assertThat(key.at("/HeadersConfig/Headers").toString())
          .isEqualTo("[\"Accept\",\"CloudFront-Forwarded-Proto\",\"Origin\"]");
    }
    assertThat(edge.get("CustomErrorResponses").valueStream())
        .hasSize(11)
        .allMatch(failure -> failure.get("ErrorCachingMinTTL").asInt() == 0);
  }

  @Test
  void browsersReadObjectsAsTheyDoFromTheBucket() {
    JsonNode cors =
        stack
            .properties("AWS::CloudFront::ResponseHeadersPolicy", "Edge")
            .at("/ResponseHeadersPolicyConfig/CorsConfig");
    assertThat(cors.at("/AccessControlExposeHeaders/Items").valueStream().map(JsonNode::asText))
        .containsExactlyElementsOf(Storage.EXPOSED);
    assertThat(cors.at("/AccessControlAllowOrigins/Items").toString()).isEqualTo("[\"*\"]");
  }

  @Test
  void itIsTheAddressThatPeopleAndMachinesUse() {
    String id = stack.one(DISTRIBUTION, "Edge").getKey();
    JsonNode asset = variables(stack, "RequestAsset");
    String name = "{\"Fn::GetAtt\":[\"" + id + "\",\"DomainName\"]}";
    assertThat(asset.get("EXTERNAL_URL").toString())
        .isEqualTo("{\"Fn::Join\":[\"\",[\"https://\"," + name + ",\"/\"]]}");
    assertThat(asset.get("PXE_URL").toString())
        .isEqualTo("{\"Fn::Join\":[\"\",[\"http://\"," + name + ",\"/\"]]}");
    assertThat(asset.get("EDGE_HOST").toString()).isEqualTo(name);
    assertThat(asset.at("/EDGE_KEY_ID/Ref").asText())
        .isEqualTo(stack.one("AWS::CloudFront::PublicKey", "Edge").getKey());
    assertThat(asset.get("EDGE_KEY").toString()).contains(":secret:image-service/edge");
  }

  @Test
  void aDomainOfOnesOwnIsItsName() {
    Map<String, String> named = new TreeMap<>(ON);
    named.put("domainName", "factory.example");
    named.put("certificateArn", "arn:aws:acm:us-east-1:1:certificate/c");
    Synthesis own = Synthesis.of(named);
    assertThat(own.resources("AWS::ApiGatewayV2::DomainName")).isEmpty();
    JsonNode config = own.properties(DISTRIBUTION, "Edge").get("DistributionConfig");
    assertThat(config.get("Aliases").toString()).isEqualTo("[\"factory.example\"]");
    assertThat(variables(own, "RequestAsset").get("PXE_URL").asText())
        .isEqualTo("http://factory.example/");
    assertThat(own.json().at("/Outputs/DomainTarget/Value/Fn::GetAtt/1").asText())
        .isEqualTo("DomainName");
    named.put("certificateArn", "arn:aws:acm:eu-central-1:1:certificate/c");
    assertThatThrownBy(() -> Synthesis.settings(named))
        .hasMessage(
            "certificateArn, the ARN of a certificate in us-east-1, as CloudFront takes:"
                + " arn:aws:acm:eu-central-1:1:certificate/c");
  }

  @Test
  void aKeyHasTwoHalves() {
    assertThatThrownBy(() -> Synthesis.settings(Map.of("edgePublicKey", KEY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("edgePublicKey and edgeKeySecret go together: give both or neither");
  }

  @Test
  void itCostsLittleUnlessUsedAndWritesNoLog() {
    assertThat(edge.get("PriceClass").asText()).isEqualTo("PriceClass_100");
    assertThat(edge.has("Logging")).isFalse();
    assertThat(edge.has("WebACLId")).isFalse();
  }

  private Map<String, JsonNode> behaviors() {
    Map<String, JsonNode> behaviors =
        edge.get("CacheBehaviors")
            .valueStream()
            .collect(Collectors.toMap(b -> b.get("PathPattern").asText(), b -> b));
    behaviors.put("*", edge.get("DefaultCacheBehavior"));
    return behaviors;
  }

  private JsonNode behavior(String path) {
    return behaviors().entrySet().stream()
        .filter(behavior -> behavior.getKey().equals(path))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private JsonNode origin(JsonNode behavior) {
    return edge.get("Origins")
        .valueStream()
        .filter(origin -> origin.get("Id").equals(behavior.get("TargetOriginId")))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode cachePolicy(JsonNode behavior) {
    String id = behavior.at("/CachePolicyId/Ref").asText();
    return stack.json().at("/Resources/" + id + "/Properties/CachePolicyConfig");
  }

  private static JsonNode variables(Synthesis stack, String function) {
    return stack.properties("AWS::Lambda::Function", function).at("/Environment/Variables");
  }
}
