package imageservice.infra;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/// The functions that answer requests: three, so that only one may write configurations and only
/// one may have things built and read.
final class RequestFunctions extends Construct {
  private static final int MEMORY = 1024;

  /// Below API Gateway's 30 s, above the 24 s for which a request waits for a build.
  private static final Duration WAITING = Duration.seconds(29);

  private static final Duration SHORT = Duration.seconds(10);

  private final Function configuration;
  private final Function asset;
  private final Function release;

  RequestFunctions(
      Construct scope,
      Settings settings,
      String externalUrl,
      Storage storage,
      BuilderFunctions builder) {
    super(scope, "Request");
    Code code = Code.fromAsset(settings.functionsCode());
    Map<String, String> environment = environment(settings, externalUrl, storage, builder);

    FunctionIdentity configurationIdentity = FunctionIdentity.of(this, "Configuration");
    configurationIdentity.allow(
        storage.configurations().getTableArn(),
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem");
    this.configuration = function(configurationIdentity, "Configuration", code, environment, SHORT);

    FunctionIdentity assetIdentity = FunctionIdentity.of(this, "Asset");
    assetIdentity.allow(
        storage.configurations().getTableArn(), "dynamodb:BatchGetItem", "dynamodb:GetItem");
    assetIdentity.allow(
        storage.builds().getTableArn(),
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem");
    assetIdentity.allow(storage.assets().arnForObjects("*"), "s3:GetObject");
    assetIdentity.allow(storage.assets().arnForObjects("plans/*"), "s3:PutObject");
    // Who may not list is told 403, not 404, of an object that is gone.
    assetIdentity.allow(storage.assets().getBucketArn(), "s3:ListBucket");
    assetIdentity.allow(builder.build().getFunctionArn(), "lambda:InvokeFunction");
    assetIdentity.allow(builder.index().getFunctionArn(), "lambda:InvokeFunction");
    NagReasons.objects(assetIdentity);
    this.asset = function(assetIdentity, "Asset", code, environment, WAITING);

    FunctionIdentity releaseIdentity = FunctionIdentity.of(this, "Release");
    releaseIdentity.allow(storage.builds().getTableArn(), "dynamodb:GetItem");
    this.release = function(releaseIdentity, "Release", code, environment, SHORT);
  }

  Function configuration() {
    return configuration;
  }

  Function asset() {
    return asset;
  }

  Function release() {
    return release;
  }

  private Function function(
      FunctionIdentity identity,
      String name,
      Code code,
      Map<String, String> environment,
      Duration timeout) {
    return Function.Builder.create(this, name)
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .memorySize(MEMORY)
        .timeout(timeout)
        .handler("imageservice.functions." + name + "Function")
        .code(code)
        .environment(environment)
        .role(identity.role())
        .logGroup(identity.log())
        .build();
  }

  private static Map<String, String> environment(
      Settings settings, String externalUrl, Storage storage, BuilderFunctions builder) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("EXTERNAL_URL", externalUrl);
    environment.put("CONFIGURATIONS_TABLE", storage.configurations().getTableName());
    environment.put("BUILDS_TABLE", storage.builds().getTableName());
    environment.put("ASSET_BUCKET", storage.assets().getBucketName());
    environment.put("BUILDER_FUNCTION", builder.build().getFunctionName());
    environment.put("INDEX_FUNCTION", builder.index().getFunctionName());
    settings.pxeUrl().ifPresent(url -> environment.put("PXE_URL", url));
    if (settings.frontCarriesLength()) {
      environment.put("FRONT_CARRIES_LENGTH", "true");
    }
    if (!settings.brokenVersions().isBlank()) {
      environment.put("BROKEN_VERSIONS", settings.brokenVersions());
    }
    return environment;
  }
}
