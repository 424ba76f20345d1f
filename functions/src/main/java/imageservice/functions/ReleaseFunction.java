package imageservice.functions;

import imageservice.functions.http.GatewayFunction;

/// The Lambda function for versions and health; it answers unknown paths with 404.
public final class ReleaseFunction extends GatewayFunction {
  public ReleaseFunction() {
    this(AwsWiring.fromEnvironment());
  }

  /// The function on the wiring of `local-runner`.
  public ReleaseFunction(FunctionsWiring wiring) {
    super(wiring.router(Endpoint.Owner.RELEASE));
  }
}
