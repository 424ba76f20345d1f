package imageservice.infra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/// The functions that answer requests: one may write configurations, two may have things built and
/// read, and the last one only reads tables.
final class RequestFunctions extends Construct {
  private static final int MEMORY = 1024;

  /// Below API Gateway's 30 s, above the 24 s for which a request waits for a build.
  private static final Duration WAITING = Duration.seconds(29);

  private static final Duration SHORT = Duration.seconds(10);

  private final Settings settings;
  private final Optional<Edge> edge;
  private final Storage storage;
  private final BuilderFunctions builder;
  private final Code code;
  private final Map<String, String> environment;
  private final Function configuration;
  private final Function asset;
  private final Function registry;
  private final Function release;

  RequestFunctions(
      Construct scope,
      Settings settings,
      String externalUrl,
      Optional<Edge> edge,
      Storage storage,
      BuilderFunctions builder) {
    super(scope, "Request");
    this.settings = settings;
    this.edge = edge;
    this.storage = storage;
    this.builder = builder;
    this.code = Code.fromAsset(settings.code().functions().path());
    this.environment = Variables.ofRequests(settings, externalUrl, edge, storage, builder);
    this.configuration = function(configurationIdentity(), "Configuration").timeout(SHORT).build();
    this.asset = function(buildingIdentity("Asset"), "Asset").timeout(WAITING).build();
    this.registry = function(buildingIdentity("Registry"), "Registry").timeout(WAITING).build();
    this.release = function(releaseIdentity(), "Release").timeout(SHORT).build();
  }

  Function configuration() {
    return configuration;
  }

  Function asset() {
    return asset;
  }

  Function registry() {
    return registry;
  }

  Function release() {
    return release;
  }

  List<IFunction> all() {
    return List.of(configuration, asset, registry, release);
  }

  private FunctionIdentity configurationIdentity() {
    FunctionIdentity identity = FunctionIdentity.of(this, "Configuration");
    identity.allow(
        storage.configurations().getTableArn(),
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem");
    allowIdKey(identity);
    return identity;
  }

  private FunctionIdentity buildingIdentity(String name) {
    FunctionIdentity identity = FunctionIdentity.of(this, name);
    identity.allow(
        storage.configurations().getTableArn(), "dynamodb:BatchGetItem", "dynamodb:GetItem");
    identity.allow(
        storage.builds().getTableArn(),
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem");
    identity.allow(storage.assets().arnForObjects("*"), "s3:GetObject");
    identity.allow(storage.assets().arnForObjects("plans/*"), "s3:PutObject");
    // Who may not list is told 403, not 404, of an object that is gone.
    identity.allow(storage.assets().getBucketArn(), "s3:ListBucket");
    identity.allow(builder.build().getFunctionArn(), "lambda:InvokeFunction");
    identity.allow(builder.index().getFunctionArn(), "lambda:InvokeFunction");
    allowIdKey(identity);
    edge.ifPresent(own -> own.allowKey(identity));
    NagReasons.objects(identity);
    return identity;
  }

  private FunctionIdentity releaseIdentity() {
    FunctionIdentity identity = FunctionIdentity.of(this, "Release");
    identity.allow(storage.builds().getTableArn(), "dynamodb:GetItem");
    return identity;
  }

  /// Ids are made where configurations are stored and looked up; the release function makes none.
  private void allowIdKey(FunctionIdentity identity) {
    settings.idKeySecret().ifPresent(secret -> secret.readableBy(identity, Stack.of(this)));
  }

  private Function.Builder function(FunctionIdentity identity, String name) {
    FunctionsCode packaged = settings.code().functions();
    return Function.Builder.create(this, name)
        .runtime(packaged.hasRuntime() ? Runtime.PROVIDED_AL2023 : Runtime.JAVA_25)
        .architecture(packaged.isArm() ? Architecture.ARM_64 : Architecture.X86_64)
        .memorySize(MEMORY)
        .handler("imageservice.functions." + name + "Function")
        .code(code)
        .environment(environment)
        .role(identity.role())
        .logGroup(identity.log());
  }
}
