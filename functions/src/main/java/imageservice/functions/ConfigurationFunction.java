package imageservice.functions;

import imageservice.functions.http.GatewayFunction;

/// The Lambda function for configurations. The only one that may write them.
public final class ConfigurationFunction extends GatewayFunction {
  public ConfigurationFunction() {
    this(AwsWiring.fromEnvironment());
  }

  /// With what it works on.
  public ConfigurationFunction(FunctionsWiring wiring) {
    super(wiring.router(Endpoint.Owner.CONFIGURATION));
  }
}
