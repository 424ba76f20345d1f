package imageservice.functions;

import imageservice.functions.http.GatewayFunction;

/// The Lambda function for assets and their builds.
public final class AssetFunction extends GatewayFunction {
  public AssetFunction() {
    this(AwsWiring.fromEnvironment());
  }

  /// The function on the wiring of `local-runner`.
  public AssetFunction(FunctionsWiring wiring) {
    super(wiring.router(Endpoint.Owner.ASSET));
  }
}
