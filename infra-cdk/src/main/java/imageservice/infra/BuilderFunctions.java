package imageservice.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.DockerImageCode;
import software.amazon.awscdk.services.lambda.DockerImageFunction;
import software.amazon.awscdk.services.lambda.EcrImageCodeProps;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// The functions that build and that look for new releases: two commands of one container image,
/// which is taken from ECR, so that no container engine is needed here.
final class BuilderFunctions extends Construct {
  private static final int INDEX_MEMORY = 1_024;
  private static final Size CACHE = Size.gibibytes(4);
  static final int LONGEST_SECONDS = 300;

  private static final Duration LONGEST = Duration.seconds(LONGEST_SECONDS);

  /// By then whoever waits gives the order again: half the longest build, so that the second one
  /// meets a builder that is free again.
  private static final Duration OLDEST_ORDER = Duration.seconds(150);

  /// By then whoever waits asks for the document again.
  private static final Duration OLDEST_INDEXING = Duration.seconds(60);

  /// Of the base's Java: the heap is for buffers; the page cache is where source material belongs.
  private static final String OPTIONS =
      "-XX:MaxRAMPercentage=25 --enable-native-access=ALL-UNNAMED";

  private final Settings settings;
  private final Storage storage;
  private final Queue lostOrders;
  private final DockerImageFunction build;
  private final DockerImageFunction index;

  BuilderFunctions(Construct scope, Settings settings, Storage storage) {
    super(scope, "Builder");
    this.settings = settings;
    this.storage = storage;
    IRepository repository =
        Repository.fromRepositoryName(this, "Repository", settings.code().repository());
    this.lostOrders = newLostOrders();
    this.build = newBuild(repository);
    this.index = newIndex(repository);
  }

  DockerImageFunction build() {
    return build;
  }

  DockerImageFunction index() {
    return index;
  }

  List<IFunction> all() {
    return List.of(build, index);
  }

  /// Where orders and runs of the index go that a function did not carry out.
  Queue lostOrders() {
    return lostOrders;
  }

  /// Orders are not retried: a build's record has its lease, and whoever waits orders again.
  private DockerImageFunction newBuild(IRepository repository) {
    FunctionIdentity identity = FunctionIdentity.of(this, "Build");
    identity.allow(storage.builds().getTableArn(), "dynamodb:GetItem", "dynamodb:PutItem");
    identity.allow(
        storage.assets().arnForObjects("*"),
        "s3:AbortMultipartUpload",
        "s3:GetObject",
        "s3:PutObject");
    // Who may not list is told 403, not 404, of an object that is gone.
    identity.allow(storage.assets().getBucketArn(), "s3:ListBucket");
    allowCredentials(identity);
    settings
        .signing()
        .ifPresent(signing -> identity.allow(signing.key(), "kms:GetPublicKey", "kms:Sign"));
    settings
        .bootKeys()
        .ifPresent(keys -> {
          identity.allow(keys.key(), "kms:GetPublicKey", "kms:Sign");
          identity.allow(keys.pcrKey(), "kms:GetPublicKey", "kms:Sign");
        });
    NagReasons.objects(identity);
    return function(identity, "Build", "BuilderFunction", repository)
        .memorySize(settings.code().memory())
        .ephemeralStorageSize(CACHE)
        .retryAttempts(0)
        .maxEventAge(OLDEST_ORDER)
        .onFailure(new SqsDestination(lostOrders))
        .build();
  }

  /// Runs often for the list of releases, and for one release's document when somebody first needs
  /// it. The next run is the retry.
  private DockerImageFunction newIndex(IRepository repository) {
    FunctionIdentity identity = FunctionIdentity.of(this, "Index");
    identity.allow(storage.builds().getTableArn(), "dynamodb:GetItem", "dynamodb:PutItem");
    allowCredentials(identity);
    DockerImageFunction function =
        function(identity, "Index", "IndexFunction", repository)
            .memorySize(INDEX_MEMORY)
            .ephemeralStorageSize(CACHE)
            .retryAttempts(0)
            .maxEventAge(OLDEST_INDEXING)
            .onFailure(new SqsDestination(lostOrders))
            .build();
    Rule.Builder.create(this, "Often")
        .schedule(Schedule.rate(Duration.minutes(5)))
        .targets(List.of(LambdaFunction.Builder.create(function).retryAttempts(0).build()))
        .build();
    return function;
  }

  private void allowCredentials(FunctionIdentity identity) {
    settings
        .source()
        .credentials()
        .ifPresent(secret -> secret.readableBy(identity, Stack.of(this)));
    settings
        .source()
        .trustedRoot()
        .ifPresent(secret -> secret.readableBy(identity, Stack.of(this)));
  }

  private DockerImageFunction.Builder function(
      FunctionIdentity identity, String id, String handler, IRepository repository) {
    BuilderCode code = settings.code().builder();
    EcrImageCodeProps.Builder image =
        EcrImageCodeProps.builder()
            .tagOrDigest(settings.code().image())
            .cmd(List.of("imageservice.builder." + handler));
    Map<String, String> variables = new LinkedHashMap<>(Variables.ofBuilds(settings, storage));
    if (code.hasRuntime()) {
      image.entrypoint(List.of("/var/task/bootstrap"));
    } else {
      variables.put("JAVA_TOOL_OPTIONS", OPTIONS);
    }
    return DockerImageFunction.Builder.create(this, id)
        .code(DockerImageCode.fromEcr(repository, image.build()))
        .architecture(code.isArm() ? Architecture.ARM_64 : Architecture.X86_64)
        .timeout(LONGEST)
        .environment(variables)
        .role(identity.role())
        .logGroup(identity.log());
  }

  private Queue newLostOrders() {
    Queue queue =
        Queue.Builder.create(this, "LostOrders")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    NagReasons.lostOrders(queue);
    return queue;
  }
}
