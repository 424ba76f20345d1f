package imageservice.ledger;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.net.URI;
import java.util.Objects;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// LocalStack for contract tests, in the profile `localstack`: the one at
/// `-Dlocalstack.endpoint=URL`, or one container of `-Dlocalstack.image=IMAGE`, which ends with
/// this JVM. Clients of it are as {@link AwsClients} makes them.
public final class LocalStack {
  private static final String STANDARD_IMAGE = "localstack/localstack:4.14.0";
  private static final int PORT = 4566;
  public static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  public static final Region REGION = Region.US_EAST_1;

  private LocalStack() {}

  /// Where it answers.
  public static URI endpoint() {
    return Found.ENDPOINT;
  }

  /// Where it answers functions that it runs.
  public static URI endpointOfFunctions() {
    return given().isEmpty() ? URI.create("http://127.0.0.1:" + PORT) : endpoint();
  }

  public static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B client) {
    return client
        .endpointOverride(endpoint())
        .region(REGION)
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create());
  }

  public static S3Client s3() {
    return configured(S3Client.builder())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .build();
  }

  /// Of links to an address of LocalStack.
  public static S3Presigner presigner(URI endpoint) {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(CREDENTIALS)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static String given() {
    return System.getProperty("localstack.endpoint", "");
  }

  private static String image() {
    String image = System.getProperty("localstack.image", "");
    return image.isEmpty() ? STANDARD_IMAGE : image;
  }

  /// Found when it is first asked for, once for a JVM.
  private static final class Found {
    private static final URI ENDPOINT = given().isEmpty() ? start() : URI.create(given());

    /// Without a container engine it fails, so that no contract is skipped unnoticed. The port is
    /// open on the loopback interface alone.
    @SuppressWarnings("resource") // ends with this JVM
    private static URI start() {
      LocalStackContainer container =
          new LocalStackContainer(
                  DockerImageName.parse(image()).asCompatibleSubstituteFor("localstack/localstack"))
              .withServices("s3", "dynamodb", "lambda", "iam", "sts", "logs", "sqs")
              .withEnv("S3_SKIP_SIGNATURE_VALIDATION", "0")
              .withCreateContainerCmdModifier(create ->
                  Objects.requireNonNull(create.getHostConfig())
                      .withPortBindings(
                          new PortBinding(
                              Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(PORT))));
      container.start();
      return container.getEndpoint();
    }
  }
}
