package imageservice.functions;

import imageservice.functions.http.GatewayFunction;

/// The Lambda function for installer images.
public final class RegistryFunction extends GatewayFunction {
  public RegistryFunction() {
    this(AwsWiring.fromEnvironment());
  }

  /// The function on the wiring of `local-runner`.
  public RegistryFunction(FunctionsWiring wiring) {
    super(wiring.router(Endpoint.Owner.REGISTRY));
  }
}
