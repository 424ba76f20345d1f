package imageservice.builder.store;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// S3 on the loopback interface.
final class TestS3 {
  static final String BUCKET = "assets";
  static final String USER = "user";
  static final String SECRET = "secret";

  private TestS3() {}

  /// A client as the wirings make it, which tries again without waiting.
  static S3Client client(URI endpoint, String secret, ExecutionInterceptor... watching) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, secret)))
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(configuration ->
            configuration
                .executionInterceptors(List.of(watching))
                .retryStrategy(
                    StandardRetryStrategy.builder()
                        .maxAttempts(3)
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .build()))
        .httpClient(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(20)).build())
        .build();
  }

  /// An object as a client gets it.
  static Optional<AssetSinkContract.Kept> find(S3Client s3, String bucket, String key)
      throws IOException {
    try (ResponseInputStream<GetObjectResponse> in =
        s3.getObject(get -> get.bucket(bucket).key(key))) {
      GetObjectResponse head = in.response();
      return Optional.of(
          new AssetSinkContract.Kept(
              head.contentLength(),
              AssetSinkContract.sha256(in),
              head.contentType(),
              head.contentDisposition(),
              head.cacheControl()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }
}
