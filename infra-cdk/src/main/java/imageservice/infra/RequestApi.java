package imageservice.infra;

import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogDestination;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogSettings;
import software.amazon.awscdk.services.apigatewayv2.LogGroupLogDestination;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.constructs.Construct;

/// The front door: an HTTP API whose one stage serves at `/`. Every method goes to the functions,
/// HEAD and OPTIONS too, which API Gateway would else answer with 404.
final class RequestApi {
  /// Requests a second, and at once. What is asked for the first time costs; what is there is a
  /// redirect.
  private static final int RATE = 100;

  private static final int BURST = 200;

  private RequestApi() {}

  /// The API without routes: its address is what the functions behind the routes are told.
  static HttpApi create(Construct scope) {
    HttpApi api =
        HttpApi.Builder.create(scope, "Api")
            .apiName("image-service")
            .createDefaultStage(false)
            .build();
    LogGroupLogDestination log =
        new LogGroupLogDestination(FunctionIdentity.logGroup(scope, "ApiLog"));
    HttpStage.Builder.create(scope, "DefaultStage")
        .httpApi(api)
        .stageName("$default")
        .autoDeploy(true)
        .throttle(ThrottleSettings.builder().rateLimit(RATE).burstLimit(BURST).build())
        .accessLogSettings(new AccessLog(log))
        .build();
    return api;
  }

  static void route(Construct scope, HttpApi api, RequestFunctions functions) {
    HttpRouteIntegration configuration =
        new HttpLambdaIntegration("Configuration", functions.configuration());
    HttpRouteIntegration asset = new HttpLambdaIntegration("Asset", functions.asset());
    route(scope, api, "/schematics", configuration);
    route(scope, api, "/schematics/{proxy+}", configuration);
    route(scope, api, "/configuration", configuration);
    route(scope, api, "/configuration/{proxy+}", configuration);
    route(scope, api, "/image/{proxy+}", asset);
    route(scope, api, "/builds/{proxy+}", asset);
    route(scope, api, "/talosctl/{proxy+}", asset);
    route(scope, api, "/version/{proxy+}", asset);
    route(scope, api, "/pxe", asset);
    route(scope, api, "/pxe/{proxy+}", asset);
    route(
        scope,
        api,
        "Default",
        HttpRouteKey.DEFAULT,
        new HttpLambdaIntegration("Release", functions.release()));
  }

  private static void route(
      Construct scope, HttpApi api, String path, HttpRouteIntegration integration) {
    route(scope, api, path.substring(1), HttpRouteKey.with(path, HttpMethod.ANY), integration);
  }

  private static void route(
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
  }

  /// Who asked, what route, what was answered; never a body. No record: the stack's maker takes an
  /// accessor named like a property for the property.
  private static final class AccessLog implements IAccessLogSettings {
    private final IAccessLogDestination log;

    AccessLog(IAccessLogDestination log) {
      this.log = log;
    }

    @Override
    public IAccessLogDestination getDestination() {
      return log;
    }

    @Override
    public AccessLogFormat getFormat() {
      return AccessLogFormat.clf();
    }
  }
}
