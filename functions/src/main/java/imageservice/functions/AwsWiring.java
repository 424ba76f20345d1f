package imageservice.functions;

import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.asset.LambdaBuilderInvocation;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Waiting;
import imageservice.functions.release.LambdaIndexerInvocation;
import imageservice.ledger.AwsClients;
import imageservice.ledger.Environment;
import imageservice.ledger.Lazy;
import imageservice.ledger.Retention;
import imageservice.ledger.S3PlanStore;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Puts the request side together on AWS, from the environment that the stack gives its functions:
///
///     EXTERNAL_URL          the URL under which people reach the service, with a final slash
///     PXE_URL               optional: the URL under which machines reach it that boot over the
///                           network, with a final slash
///     CONFIGURATIONS_TABLE, BUILDS_TABLE, ASSET_BUCKET, BUILDER_FUNCTION, INDEX_FUNCTION
///     ID_KEY_HEX            optional: key in hex digits; ids are HMAC-SHA256 under it
///     BROKEN_VERSIONS       optional: withheld Talos versions, separated by blanks
///     FRONT_CARRIES_LENGTH  optional: `true` where a CDN in front of the API passes the length of
///                           an asset on in the answer to HEAD; API Gateway alone does not
///     RUN_OVERLAY_PROGRAMS  optional: `true` where the builder may run overlays' own programs
///     AWS_ENDPOINT_URL      optional: one URL for all AWS services, such as an emulator's
final class AwsWiring {
  private final Environment environment;
  private final AwsClients aws;

  private AwsWiring(Environment environment) {
    this.environment = environment;
    this.aws = new AwsClients(environment);
  }

  static FunctionsWiring fromEnvironment() {
    return new AwsWiring(new Environment(System.getenv())).wiring();
  }

  private FunctionsWiring wiring() {
    String bucket = environment.required("ASSET_BUCKET");
    Lazy<LambdaClient> lambda = new Lazy<>(() -> aws.configured(LambdaClient.builder()).build());
    return new FunctionsWiring(
        settings(),
        aws.table(environment.required("CONFIGURATIONS_TABLE")),
        aws.table(environment.required("BUILDS_TABLE")),
        new S3PlanStore(aws.s3(), bucket),
        new S3AssetLinks(aws.s3(), aws.presigner(), bucket),
        new LambdaBuilderInvocation(lambda, environment.required("BUILDER_FUNCTION")),
        new LambdaIndexerInvocation(lambda, environment.required("INDEX_FUNCTION")),
        Waiting.REAL,
        new JsonRequestLog(System.out));
  }

  private FunctionsSettings settings() {
    String externalUrl = environment.required("EXTERNAL_URL");
    return new FunctionsSettings(
        externalUrl,
        environment.optional("PXE_URL").orElse(externalUrl),
        false,
        environment.isTrue("RUN_OVERLAY_PROGRAMS"),
        FunctionsSettings.SERVER,
        environment
            .optional("ID_KEY_HEX")
            .<IdRule>map(IdRule.Keyed::new)
            .orElseGet(IdRule.Plain::new),
        Dialect.Y4C,
        environment.brokenVersions(),
        FunctionsSettings.DEFAULT_HOLD,
        Retention.RECORD,
        environment.isTrue("FRONT_CARRIES_LENGTH"));
  }
}
