package imageservice.infra.deploy;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;

/// The account, with the credentials that the AWS CLI would use.
record AwsAccess(
    Surroundings surroundings,
    Region region,
    DefaultCredentialsProvider credentials,
    SdkHttpClient http) {
  /// The longest run of a function, and some.
  private static final Duration LONGEST = Duration.ofSeconds(330);

  static AwsAccess to(Surroundings surroundings, String region) {
    return new AwsAccess(
        surroundings,
        Region.of(region),
        DefaultCredentialsProvider.builder().build(),
        UrlConnectionHttpClient.builder().socketTimeout(LONGEST).build());
  }

  /// The region that the AWS CLI would use.
  static Optional<String> region(Surroundings surroundings) {
    return surroundings
        .variable("AWS_REGION")
        .or(() -> surroundings.variable("AWS_DEFAULT_REGION"))
        .or(AwsAccess::regionOfProfile);
  }

  private static Optional<String> regionOfProfile() {
    try {
      return Optional.ofNullable(new AwsProfileRegionProvider().getRegion()).map(Region::id);
    } catch (SdkClientException e) {
      return Optional.empty();
    }
  }

  <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(B client) {
    client.credentialsProvider(credentials).region(region).httpClient(http);
    surroundings.endpoint().ifPresent(client::endpointOverride);
    return client;
  }
}
