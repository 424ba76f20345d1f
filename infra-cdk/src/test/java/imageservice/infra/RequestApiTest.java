package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.functions.AssetFunction;
import imageservice.functions.ConfigurationFunction;
import imageservice.functions.Endpoint;
import imageservice.functions.RegistryFunction;
import imageservice.functions.ReleaseFunction;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RequestApiTest {
  /// "Customize HTTP API access logs" of the API Gateway guide.
  private static final Set<String> OF_HTTP_APIS =
      Set.of(
          "awsEndpointRequestId",
          "dataProcessed",
          "domainName",
          "domainPrefix",
          "error.message",
          "error.messageString",
          "error.responseType",
          "extendedRequestId",
          "httpMethod",
          "identity.sourceIp",
          "identity.userAgent",
          "integration.error",
          "integration.integrationStatus",
          "integration.latency",
          "integration.requestId",
          "integration.status",
          "integrationErrorMessage",
          "integrationLatency",
          "integrationStatus",
          "path",
          "protocol",
          "requestId",
          "requestTime",
          "requestTimeEpoch",
          "responseLatency",
          "responseLength",
          "routeKey",
          "stage",
          "status");

  private final Synthesis stack = Synthesis.standard();

  @Test
  void everyRouteLeadsToTheFunctionThatKnowsIt() {
    Map<String, String> handlers =
        stack
            .resources("AWS::ApiGatewayV2::Route")
            .map(route -> route.get("Properties"))
            .collect(
                Collectors.toMap(
                    route -> route.get("RouteKey").asText(),
                    this::handler,
                    (a, b) -> a,
                    TreeMap::new));
    assertThat(handlers).isEqualTo(routeTable());
  }

  /// The routes that the service's own table needs. Everything else goes to the default route,
  /// whose function answers the rest of the table and unknown paths.
  private static Map<String, String> routeTable() {
    Map<String, String> routes = new TreeMap<>(Map.of("$default", handler(Endpoint.Owner.RELEASE)));
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.owner() != Endpoint.Owner.RELEASE) {
        String first = "ANY /" + endpoint.pattern().firstSegment();
        boolean isWhole = endpoint.pattern().segments().size() == 1;
        String route = isWhole ? first : first + "/{proxy+}";
        routes.put(
            isOfItsSegment(endpoint) ? route : "ANY " + endpoint.pattern(),
            handler(endpoint.owner()));
      }
    }
    return routes;
  }

  /// Whether it belongs to the function of its first segment, so that it needs no route of its own.
  private static boolean isOfItsSegment(Endpoint endpoint) {
    String below = "/" + endpoint.pattern().firstSegment() + "/no/such/path/at/all";
    return Endpoint.ownerOf(below) == endpoint.owner();
  }

  private static String handler(Endpoint.Owner owner) {
    return switch (owner) {
      case CONFIGURATION -> ConfigurationFunction.class.getName();
      case ASSET -> AssetFunction.class.getName();
      case REGISTRY -> RegistryFunction.class.getName();
      case RELEASE -> ReleaseFunction.class.getName();
    };
  }

  @Test
  void everyFunctionBehindARouteMayBeInvokedThroughIt() {
    assertThat(stack.resources("AWS::Lambda::Permission"))
        .filteredOn(p -> p.toString().contains("apigateway.amazonaws.com"))
        .hasSize(15)
        .allMatch(p -> p.at("/Properties/Action").asText().equals("lambda:InvokeFunction"))
        .allMatch(p -> p.at("/Properties/SourceArn").toString().contains("execute-api"));
  }

  @Test
  void theOneStageServesAtTheRootAndIsThrottled() {
    assertThat(stack.resources("AWS::ApiGatewayV2::Stage")).hasSize(1);
    JsonNode stage = stack.properties("AWS::ApiGatewayV2::Stage", "Default");
    assertThat(stage.get("StageName").asText()).isEqualTo("$default");
    assertThat(stage.get("AutoDeploy").asBoolean()).isTrue();
    assertThat(stage.at("/DefaultRouteSettings/ThrottlingRateLimit").asInt()).isEqualTo(100);
    assertThat(stage.at("/DefaultRouteSettings/ThrottlingBurstLimit").asInt()).isEqualTo(200);
    assertThat(stage.at("/AccessLogSettings/DestinationArn").isMissingNode()).isFalse();
  }

  @Test
  void eachRouteThatCostsIsThrottledByItself() {
    Set<String> keys =
        stack
            .resources("AWS::ApiGatewayV2::Route")
            .map(route -> route.at("/Properties/RouteKey").asText())
            .collect(Collectors.toSet());
    JsonNode routes = stage(stack).get("RouteSettings");
    assertThat(routes.properties())
        .hasSize(11)
        .allSatisfy(route -> assertThat(keys).contains(route.getKey()));
    assertThat(routes.get("ANY /schematics").toString())
        .isEqualTo("{\"ThrottlingBurstLimit\":40,\"ThrottlingRateLimit\":20}");
    assertThat(routes.get("ANY /image/{proxy+}").toString())
        .isEqualTo("{\"ThrottlingBurstLimit\":100,\"ThrottlingRateLimit\":50}");
    JsonNode limited = stage(Synthesis.everything());
    assertThat(limited.at("/DefaultRouteSettings/ThrottlingRateLimit").asInt()).isEqualTo(30);
    assertThat(limited.get("RouteSettings").get("ANY /schematics").toString())
        .isEqualTo("{\"ThrottlingBurstLimit\":20,\"ThrottlingRateLimit\":10}");
    assertThat(limited.get("RouteSettings").get("ANY /pxe/{proxy+}").toString())
        .isEqualTo("{\"ThrottlingBurstLimit\":40,\"ThrottlingRateLimit\":20}");
  }

  /// API Gateway refuses a stage that throttles a route which is not there yet.
  @Test
  void theStageIsMadeAfterItsRoutes() {
    JsonNode dependencies =
        stack.one("AWS::ApiGatewayV2::Stage", "Default").getValue().get("DependsOn");
    Set<String> before =
        dependencies.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    JsonNode throttled = stage(stack).get("RouteSettings");
    assertThat(stack.json().get("Resources").properties())
        .filteredOn(r -> r.getValue().get("Type").asText().equals("AWS::ApiGatewayV2::Route"))
        .filteredOn(r -> throttled.has(r.getValue().at("/Properties/RouteKey").asText()))
        .hasSize(11)
        .allSatisfy(route -> assertThat(before).contains(route.getKey()));
  }

  @Test
  void theAccessLogIsJsonOfWhatAnHttpApiKnows() throws IOException {
    JsonNode format =
        new ObjectMapper().readTree(stage(stack).at("/AccessLogSettings/Format").asText());
    assertThat(format.properties())
        .allSatisfy(field -> {
          assertThat(field.getValue().asText()).isEqualTo("$context." + field.getKey());
          assertThat(OF_HTTP_APIS).contains(field.getKey());
        });
    assertThat(format.fieldNames())
        .toIterable()
        .contains(
            "requestId", "routeKey", "path", "status", "responseLength", "integrationErrorMessage");
    assertThat(format.toString()).doesNotContain("sourceIp", "userAgent", "header");
  }

  @Test
  void aDomainOfOnesOwnIsMappedToTheStage() {
    assertThat(stack.resources("AWS::ApiGatewayV2::DomainName")).isEmpty();
    Synthesis named =
        Synthesis.of(
            Map.of(
                "domainName", "factory.example",
                "certificateArn", "arn:aws:acm:eu-central-1:1:certificate/c"));
    var domain = named.one("AWS::ApiGatewayV2::DomainName", "Domain");
    assertThat(domain.getValue().at("/Properties/DomainName").asText())
        .isEqualTo("factory.example");
    assertThat(domain.getValue().at("/Properties/DomainNameConfigurations/0").toString())
        .contains("\"CertificateArn\":\"arn:aws:acm:eu-central-1:1:certificate/c\"");
    JsonNode mapping = named.one("AWS::ApiGatewayV2::ApiMapping", "DomainMapping").getValue();
    assertThat(mapping.at("/Properties/Stage").asText()).isEqualTo("$default");
    assertThat(mapping.get("DependsOn").valueStream().map(JsonNode::asText))
        .contains(named.one("AWS::ApiGatewayV2::Stage", "Default").getKey());
    assertThat(named.json().at("/Outputs/DomainTarget/Value/Fn::GetAtt").toString())
        .isEqualTo("[\"" + domain.getKey() + "\",\"RegionalDomainName\"]");
  }

  private static JsonNode stage(Synthesis stack) {
    return stack.properties("AWS::ApiGatewayV2::Stage", "Default");
  }

  private String handler(JsonNode route) {
    String target = route.at("/Target/Fn::Join/1/1/Ref").asText();
    JsonNode integration = stack.json().at("/Resources/" + target + "/Properties");
    assertThat(integration.get("PayloadFormatVersion").asText()).isEqualTo("2.0");
    String function = integration.at("/IntegrationUri/Fn::GetAtt/0").asText();
    return stack.json().at("/Resources/" + function + "/Properties/Handler").asText();
  }
}
