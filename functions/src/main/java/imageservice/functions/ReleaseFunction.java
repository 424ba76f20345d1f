package imageservice.functions;

import imageservice.functions.http.GatewayFunction;

/// The Lambda function for versions and health, and for addresses that there are none of.
public final class ReleaseFunction extends GatewayFunction {
  public ReleaseFunction() {
    this(AwsWiring.fromEnvironment());
  }

  /// With what it works on.
  public ReleaseFunction(FunctionsWiring wiring) {
    super(wiring.releaseRouter());
  }
}
