package imageservice.functions;

import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.BoundedBuilderInvocation;
import imageservice.functions.asset.BudgetedBuilderInvocation;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.asset.EdgeAssetLinks;
import imageservice.functions.asset.EdgeKey;
import imageservice.functions.asset.LambdaBuilderInvocation;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.asset.S3ClientObjects;
import imageservice.functions.asset.S3LinkSigner;
import imageservice.functions.asset.S3Objects;
import imageservice.functions.asset.S3SignedObjects;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Waiting;
import imageservice.functions.release.LambdaIndexerInvocation;
import imageservice.ledger.AwsClients;
import imageservice.ledger.BuildBudget;
import imageservice.ledger.Environment;
import imageservice.ledger.ItemTable;
import imageservice.ledger.Lazy;
import imageservice.ledger.Retention;
import imageservice.ledger.S3PlanStore;
import imageservice.plan.BootKeys;
import imageservice.plan.SigningCertificate;
import imageservice.plan.SigningKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// Puts the request side together on AWS, from the environment that the stack gives its functions:
///
///     STACK_NAME            optional: the stack, for what is measured
///     EXTERNAL_URL          the URL under which people reach the service, with a final slash
///     PXE_URL               optional: the URL under which machines reach it that boot over the
///                           network, with a final slash
///     CONFIGURATIONS_TABLE, BUILDS_TABLE, ASSET_BUCKET, BUILDER_FUNCTION, INDEX_FUNCTION
///     ID_KEY_HEX            optional: key in hex digits, or the ARN of the secret that has it; ids
///                           are HMAC-SHA256 under it
///     LINK_MINUTES          optional: minutes for which a link to an object is valid, else 60
///     BUILDS_PER_DAY        optional: builds that are ordered a day, else as many as are asked for
///     MOST_BUILDERS         optional: builds that may be open at once, else all
///     MOST_WAITERS          optional: requests that may wait for builds at once, else all
///     EDGE_HOST             optional: name of the CDN that has the objects; with it
///     EDGE_KEY_ID           the id by which the CDN finds the public key
///     EDGE_KEY              the private key that signs links, or the ARN of the secret that has it
///     SIGNING_PUBLIC_KEY    optional: the public key by which people verify installer images, in PEM or
///                           in base64 of DER; with it the builder must sign them by its other half
///     SECURE_BOOT_CERTIFICATE  optional: the certificate by which firmware verifies assets for secure
///                           boot, in PEM or in base64 of DER; with it
///     PCR_PUBLIC_KEY        the public key by which a TPM knows what it will have measured, in PEM
///                           or in base64 of DER; the builder must have the other halves of both
///     BROKEN_VERSIONS       optional: withheld Talos versions, separated by blanks
///     FRONT_CARRIES_LENGTH  optional: `true` where a CDN in front of the API passes the length of
///                           an asset on in the answer to HEAD; API Gateway alone does not
///     PROXY_SOURCES         optional: `true` where the registry passes images of the source on
///     RUN_OVERLAY_PROGRAMS  optional: `true` where the builder may run overlays' own programs
///     AWS_ENDPOINT_URL      optional: one URL for all AWS services, such as an emulator's
///
/// Lambda itself sets AWS_REGION and the credentials.
final class AwsWiring {
  private final Environment environment;
  private final AwsClients aws;

  AwsWiring(Map<String, String> variables) {
    this.environment = new Environment(variables);
    this.aws = new AwsClients(environment);
  }

  static FunctionsWiring fromEnvironment() {
    return new AwsWiring(System.getenv()).wiring();
  }

  FunctionsWiring wiring() {
    String bucket = environment.required("ASSET_BUCKET");
    Lazy<LambdaClient> lambda = new Lazy<>(() -> aws.configured(LambdaClient.builder()).build());
    return new FunctionsWiring(
        settings(),
        aws.table(environment.required("CONFIGURATIONS_TABLE")),
        builds(),
        new S3PlanStore(aws.s3(), bucket),
        links(bucket),
        budgeted(
            bounded(new LambdaBuilderInvocation(lambda, environment.required("BUILDER_FUNCTION")))),
        new LambdaIndexerInvocation(lambda, environment.required("INDEX_FUNCTION")),
        Waiting.REAL,
        new JsonRequestLog(environment.lines(System.out, InstantSource.system())));
  }

  private BuilderInvocation bounded(BuilderInvocation builder) {
    return environment
        .number("MOST_BUILDERS")
        .map(Math::toIntExact)
        .<BuilderInvocation>map(
            most -> new BoundedBuilderInvocation(builder, builds(), most, InstantSource.system()))
        .orElse(builder);
  }

  private BuilderInvocation budgeted(BuilderInvocation builder) {
    return environment
        .number("BUILDS_PER_DAY")
        .map(most -> new BuildBudget(builds(), most))
        .<BuilderInvocation>map(
            budget -> new BudgetedBuilderInvocation(builder, budget, InstantSource.system()))
        .orElse(builder);
  }

  private ItemTable builds() {
    return aws.table(environment.required("BUILDS_TABLE"));
  }

  private AssetLinks links(String bucket) {
    S3LinkSigner signer =
        aws.endpoint()
            .map(address -> S3LinkSigner.at(address, bucket, aws.region(), aws.credentials()))
            .orElseGet(() -> S3LinkSigner.ofS3(bucket, aws.region(), aws.credentials()));
    S3Objects objects =
        new S3SignedObjects(signer, aws.http(), new S3ClientObjects(aws.s3(), bucket));
    AssetLinks links = new S3AssetLinks(signer, objects, linkValidity());
    return environment.optional("EDGE_HOST").map(host -> atEdge(links, host)).orElse(links);
  }

  private AssetLinks atEdge(AssetLinks links, String host) {
    String id = environment.required("EDGE_KEY_ID");
    String key = environment.required("EDGE_KEY");
    return new EdgeAssetLinks(
        links,
        host,
        new Lazy<>(() -> edgeKey(id, aws.secrets().reveal("EDGE_KEY", key))),
        linkValidity(),
        InstantSource.system());
  }

  private static EdgeKey edgeKey(String id, String pem) {
    try {
      return EdgeKey.of(id, pem);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("EDGE_KEY: " + e.getMessage(), e);
    }
  }

  private FunctionsSettings settings() {
    String externalUrl = environment.required("EXTERNAL_URL");
    return new FunctionsSettings(
        externalUrl,
        environment.optional("PXE_URL").orElse(externalUrl),
        environment.optional("SECURE_BOOT_CERTIFICATE").map(this::bootKeys),
        environment.isTrue("RUN_OVERLAY_PROGRAMS"),
        FunctionsSettings.SERVER,
        new Lazy<>(this::idRule),
        Dialect.Y4C,
        environment.brokenVersions(),
        FunctionsSettings.DEFAULT_HOLD,
        environment.number("MOST_WAITERS").map(Math::toIntExact),
        Retention.RECORD,
        environment.isTrue("FRONT_CARRIES_LENGTH"),
        environment.isTrue("PROXY_SOURCES"),
        environment
            .optional("SIGNING_PUBLIC_KEY")
            .map(text -> parsed("SIGNING_PUBLIC_KEY", text, SigningKey::parse)));
  }

  private BootKeys bootKeys(String certificate) {
    SigningCertificate parsed =
        parsed("SECURE_BOOT_CERTIFICATE", certificate, SigningCertificate::parse);
    return parsed(
        "PCR_PUBLIC_KEY",
        environment.required("PCR_PUBLIC_KEY"),
        text -> new BootKeys(parsed, SigningKey.parse(text), Optional.empty()));
  }

  private static <T> T parsed(String variable, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(variable + ": " + e.getMessage(), e);
    }
  }

  /// Read where ids are made: not by every function.
  private IdRule idRule() {
    return environment
        .optional("ID_KEY_HEX")
        .map(value -> aws.secrets().reveal("ID_KEY_HEX", value))
        .<IdRule>map(AwsWiring::keyed)
        .orElseGet(IdRule.Plain::new);
  }

  private static IdRule keyed(String key) {
    try {
      return new IdRule.Keyed(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("ID_KEY_HEX: " + e.getMessage(), e);
    }
  }

  private Duration linkValidity() {
    return environment
        .number("LINK_MINUTES")
        .map(Duration::ofMinutes)
        .orElse(S3AssetLinks.STANDARD_VALIDITY);
  }
}
