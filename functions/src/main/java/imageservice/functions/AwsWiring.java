package imageservice.functions;

import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.asset.LambdaBuilderInvocation;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.http.JsonRequestLog;
import imageservice.functions.http.Waiting;
import imageservice.functions.release.LambdaIndexerInvocation;
import imageservice.ledger.DynamoItemTable;
import imageservice.release.TalosVersion;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Puts the request side together on AWS, from the environment that the stack gives its functions:
///
///     EXTERNAL_URL          the address people use, with a final slash
///     PXE_URL               optional: the address for machines that boot over the network
///     CONFIGURATIONS_TABLE, BUILDS_TABLE, ASSET_BUCKET, BUILDER_FUNCTION, INDEX_FUNCTION
///     ID_KEY_HEX            optional: ids are HMAC-SHA256 under this key
///     BROKEN_VERSIONS       optional: withheld versions, separated by blanks
///     AWS_ENDPOINT_URL      optional: everything AWS at another address
final class AwsWiring {
  private final Map<String, String> environment;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final EnvironmentVariableCredentialsProvider credentials =
      EnvironmentVariableCredentialsProvider.create();

  private AwsWiring(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  static FunctionsWiring fromEnvironment() {
    return new AwsWiring(System.getenv()).wiring();
  }

  private FunctionsWiring wiring() {
    DynamoDbClient dynamo = configured(DynamoDbClient.builder()).httpClient(http).build();
    LambdaClient lambda = configured(LambdaClient.builder()).httpClient(http).build();
    return new FunctionsWiring(
        settings(),
        new DynamoItemTable(dynamo, required("CONFIGURATIONS_TABLE")),
        new DynamoItemTable(dynamo, required("BUILDS_TABLE")),
        links(),
        new LambdaBuilderInvocation(lambda, required("BUILDER_FUNCTION")),
        new LambdaIndexerInvocation(lambda, required("INDEX_FUNCTION")),
        Waiting.REAL,
        new JsonRequestLog(System.out));
  }

  private FunctionsSettings settings() {
    return new FunctionsSettings(
        required("EXTERNAL_URL"),
        optional("PXE_URL").orElseGet(() -> required("EXTERNAL_URL")),
        optional("RUN_OVERLAY_PROGRAMS").orElse("false").equals("true"),
        FunctionsSettings.SERVER,
        optional("ID_KEY_HEX").<IdRule>map(IdRule.Keyed::new).orElseGet(IdRule.Plain::new),
        Dialect.Y4C,
        broken(),
        FunctionsSettings.DEFAULT_HOLD);
  }

  private S3AssetLinks links() {
    boolean pathStyle = optional("AWS_ENDPOINT_URL").isPresent();
    S3Client s3 = configured(S3Client.builder()).httpClient(http).forcePathStyle(pathStyle).build();
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .credentialsProvider(credentials)
            .region(region())
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    endpoint().ifPresent(presigner::endpointOverride);
    return new S3AssetLinks(s3, presigner.build(), required("ASSET_BUCKET"));
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    builder.credentialsProvider(credentials).region(region());
    endpoint().ifPresent(builder::endpointOverride);
    return builder;
  }

  private List<TalosVersion> broken() {
    return optional("BROKEN_VERSIONS").stream()
        .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
        .map(text -> TalosVersion.parse(text).orElseThrow(() -> wrong("BROKEN_VERSIONS", text)))
        .toList();
  }

  private Optional<URI> endpoint() {
    return optional("AWS_ENDPOINT_URL").map(URI::create);
  }

  private Region region() {
    return Region.of(required("AWS_REGION"));
  }

  private Optional<String> optional(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException(name + " is not set"));
  }

  private static IllegalStateException wrong(String name, String value) {
    return new IllegalStateException(name + ": not a Talos version: " + value);
  }
}
