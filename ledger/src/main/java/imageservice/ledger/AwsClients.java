package imageservice.ledger;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Clients of AWS services. Each is made on first use, since making one takes longer than a
/// request. Reads `AWS_REGION`, the credentials' variables and the optional `AWS_ENDPOINT_URL`, one
/// URL for all AWS services.
public final class AwsClients {
  private final Environment environment;
  private final Region region;
  private final EnvironmentVariableCredentialsProvider credentials =
      EnvironmentVariableCredentialsProvider.create();
  private final Lazy<SdkHttpClient> http = new Lazy<>(UrlConnectionHttpClient::create);
  private final Lazy<DynamoDbClient> dynamo =
      new Lazy<>(() -> configured(DynamoDbClient.builder()).build());
  private final Lazy<S3Client> s3 = new Lazy<>(this::newS3);

  public AwsClients(Environment environment) {
    this.environment = environment;
    this.region = Region.of(environment.required("AWS_REGION"));
  }

  public DynamoItemTable table(String name) {
    return new DynamoItemTable(dynamo, name);
  }

  public Supplier<S3Client> s3() {
    return s3;
  }

  /// What all clients here share, for requests that need no client.
  public Supplier<SdkHttpClient> http() {
    return http;
  }

  public Region region() {
    return region;
  }

  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  /// The one address of all services, where there is one.
  public Optional<URI> endpoint() {
    return environment.optional("AWS_ENDPOINT_URL").map(URI::create);
  }

  /// Reads settings that may be secrets.
  public AwsSecrets secrets() {
    return new AwsSecrets(() -> configured(SecretsManagerClient.builder()).build());
  }

  /// This builder of an AWS client, with the credentials, region, HTTP client and endpoint that all
  /// clients here have.
  public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(B client) {
    client.credentialsProvider(credentials).region(region).httpClient(http.get());
    endpoint().ifPresent(client::endpointOverride);
    return client;
  }

  private S3Client newS3() {
    return configured(S3Client.builder())
        .forcePathStyle(endpoint().isPresent())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .build();
  }
}
