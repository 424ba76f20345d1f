package imageservice.functions;

import imageservice.functions.http.GatewayFunction;

/// The Lambda function for configurations, the only one that may write their table.
public final class ConfigurationFunction extends GatewayFunction {
  public ConfigurationFunction() {
    this(AwsWiring.fromEnvironment());
  }

  /// The function on the wiring of `local-runner`.
  public ConfigurationFunction(FunctionsWiring wiring) {
    super(wiring.router(Endpoint.Owner.CONFIGURATION));
  }
}
