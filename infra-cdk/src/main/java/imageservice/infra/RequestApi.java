package imageservice.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.LogGroupLogDestination;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.constructs.Construct;

/// The front door: an HTTP API whose one stage serves at `/`. Every method goes to the functions,
/// HEAD and OPTIONS too, which API Gateway would else answer with 404.
final class RequestApi {
  private static final List<String> CONFIGURATIONS =
      List.of("/schematics", "/schematics/{proxy+}", "/configuration", "/configuration/{proxy+}");

  /// Each of them can order builds.
  private static final List<String> ASSETS =
      List.of("/image/{proxy+}", "/talosctl/{proxy+}", "/version/{proxy+}", "/pxe/{proxy+}");

  /// Below the configurations' path, and the asset function's: it may ask for release documents.
  private static final List<String> CHANGES = List.of("/schematics/{id}/changes");

  /// A registry's, which can order builds too. API Gateway has no route for the slash alone.
  private static final List<String> REGISTRY = List.of("/v2", "/v2/{proxy+}");

  /// Of the asset function as well, and only reading.
  private static final List<String> READING = List.of("/builds/{proxy+}", "/pxe");

  /// Of the registry's function as well, and only reading: the key that signs images.
  private static final List<String> KEYS = List.of("/oci/{proxy+}");

  /// Requests at once, in seconds of the rate.
  private static final int BURST_SECONDS = 2;

  private RequestApi() {}

  /// The API without routes: its address is what the functions behind the routes are told.
  static HttpApi create(Construct scope) {
    return HttpApi.Builder.create(scope, "Api")
        .apiName("image-service")
        .createDefaultStage(false)
        .build();
  }

  /// The routes, and the stage that serves them.
  static HttpStage open(
      Construct scope, HttpApi api, RequestFunctions functions, Settings.Limits limits) {
    HttpRouteIntegration configuration =
        new HttpLambdaIntegration("Configuration", functions.configuration());
    HttpRouteIntegration asset = new HttpLambdaIntegration("Asset", functions.asset());
    HttpRouteIntegration registry = new HttpLambdaIntegration("Registry", functions.registry());
    HttpStage stage = stage(scope, api, limits);
    Stream<HttpRoute> routes =
        Stream.of(
                CONFIGURATIONS.stream().map(path -> route(scope, api, path, configuration)),
                ASSETS.stream().map(path -> route(scope, api, path, asset)),
                CHANGES.stream().map(path -> route(scope, api, path, asset)),
                READING.stream().map(path -> route(scope, api, path, asset)),
                REGISTRY.stream().map(path -> route(scope, api, path, registry)),
                KEYS.stream().map(path -> route(scope, api, path, registry)))
            .flatMap(each -> each);
    // A stage cannot throttle a route that is not there yet.
    routes.toList().forEach(stage.getNode()::addDependency);
    route(
        scope,
        api,
        "Default",
        HttpRouteKey.DEFAULT,
        new HttpLambdaIntegration("Release", functions.release()));
    return stage;
  }

  private static HttpStage stage(Construct scope, HttpApi api, Settings.Limits limits) {
    LogGroupLogDestination log =
        new LogGroupLogDestination(FunctionIdentity.logGroup(scope, "ApiLog"));
    HttpStage stage =
        HttpStage.Builder.create(scope, "DefaultStage")
            .httpApi(api)
            .stageName("$default")
            .autoDeploy(true)
            .throttle(
                ThrottleSettings.builder()
                    .rateLimit(limits.requests())
                    .burstLimit(BURST_SECONDS * limits.requests())
                    .build())
            .accessLogSettings(new AccessLog(log))
            .build();
    CfnStage template = (CfnStage) stage.getNode().getDefaultChild();
    if (template == null) {
      throw new IllegalStateException("the stage is in no template");
    }
    template.setRouteSettings(routeSettings(limits));
    return stage;
  }

  private static Map<String, Object> routeSettings(Settings.Limits limits) {
    Map<String, Object> routes = new TreeMap<>();
    CONFIGURATIONS.forEach(path -> routes.put("ANY " + path, throttle(limits.configurations())));
    ASSETS.forEach(path -> routes.put("ANY " + path, throttle(limits.assets())));
    CHANGES.forEach(path -> routes.put("ANY " + path, throttle(limits.assets())));
    REGISTRY.forEach(path -> routes.put("ANY " + path, throttle(limits.assets())));
    return routes;
  }

  private static Map<String, Object> throttle(int rate) {
    // In one order: the template is the same each time.
    return new TreeMap<>(
        Map.of("ThrottlingRateLimit", rate, "ThrottlingBurstLimit", BURST_SECONDS * rate));
  }

  private static HttpRoute route(
      Construct scope, HttpApi api, String path, HttpRouteIntegration integration) {
    return route(
        scope, api, path.substring(1), HttpRouteKey.with(path, HttpMethod.ANY), integration);
  }

  private static HttpRoute route(
      Construct scope,
      HttpApi api,
      String name,
      HttpRouteKey key,
      HttpRouteIntegration integration) {
    HttpRoute route =
        HttpRoute.Builder.create(scope, "Route " + name.replace("/{proxy+}", " below"))
            .httpApi(api)
            .routeKey(key)
            .integration(integration)
            .build();
    NagReasons.route(route);
    return route;
  }
}
