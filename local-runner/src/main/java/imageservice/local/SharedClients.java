package imageservice.local;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Clients of a shared store. Credentials and region are found as AWS's tools find them; the region
/// counts little where an address is given.
final class SharedClients implements AutoCloseable {
  /// How long a connection may be silent. Shorter than the time in which the gateway answers.
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder().socketTimeout(SILENCE).build();
  private final DefaultCredentialsProvider credentials =
      DefaultCredentialsProvider.builder().build();
  private final Region region = known();
  private final Optional<URI> address;
  private final S3Client s3;
  private final DynamoDbClient dynamo;

  SharedClients(SharedStore store) {
    this.address = store.s3().or(() -> given("AWS_ENDPOINT_URL_S3"));
    this.s3 =
        configured(S3Client.builder(), address)
            .forcePathStyle(address.isPresent())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .build();
    this.dynamo =
        configured(
                DynamoDbClient.builder(),
                store.dynamodb().or(() -> given("AWS_ENDPOINT_URL_DYNAMODB")))
            .build();
  }

  S3Client s3() {
    return s3;
  }

  DynamoDbClient dynamo() {
    return dynamo;
  }

  AwsCredentialsProvider credentials() {
    return credentials;
  }

  Region region() {
    return region;
  }

  /// Where the bucket's protocol is spoken; empty for AWS's own address.
  Optional<URI> address() {
    return address;
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B client, Optional<URI> endpoint) {
    client.credentialsProvider(credentials).region(region).httpClient(http);
    endpoint.ifPresent(client::endpointOverride);
    return client;
  }

  /// The variables by which AWS's tools know an address that an option does not name.
  private static Optional<URI> given(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")))
        .filter(text -> !text.isBlank())
        .map(text -> URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
  }

  /// Not asked of a machine's metadata, which a machine outside of AWS waits for in vain.
  private static Region known() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException e) {
      return Region.US_EAST_1;
    }
  }

  @Override
  public void close() {
    s3.close();
    dynamo.close();
    http.close();
    credentials.close();
  }
}
