package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageservice.functions.AssetFunction;
import imageservice.functions.ConfigurationFunction;
import imageservice.functions.Endpoint;
import imageservice.functions.ReleaseFunction;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RequestApiTest {
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
        routes.put(isWhole ? first : first + "/{proxy+}", handler(endpoint.owner()));
      }
    }
    return routes;
  }

  private static String handler(Endpoint.Owner owner) {
    return switch (owner) {
      case CONFIGURATION -> ConfigurationFunction.class.getName();
      case ASSET -> AssetFunction.class.getName();
      case RELEASE -> ReleaseFunction.class.getName();
    };
  }

  @Test
  void everyFunctionBehindARouteMayBeInvokedThroughIt() {
    assertThat(stack.resources("AWS::Lambda::Permission"))
        .filteredOn(p -> p.toString().contains("apigateway.amazonaws.com"))
        .hasSize(11)
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

  private String handler(JsonNode route) {
    String target = route.at("/Target/Fn::Join/1/1/Ref").asText();
    JsonNode integration = stack.json().at("/Resources/" + target + "/Properties");
    assertThat(integration.get("PayloadFormatVersion").asText()).isEqualTo("2.0");
    String function = integration.at("/IntegrationUri/Fn::GetAtt/0").asText();
    return stack.json().at("/Resources/" + function + "/Properties/Handler").asText();
  }
}
