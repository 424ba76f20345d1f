package imageservice.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
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

/// LocalStack for tests named `*IT`: the one at `-Dlocalstack.endpoint=URL`, or one container of
/// `-Dlocalstack.image=IMAGE`, which ends with this JVM. Clients of it are as the service makes
/// them.
public final class LocalStack {
  private static final String STANDARD_IMAGE = "localstack/localstack:4.14.0";
  public static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  public static final Region REGION = Region.US_EAST_1;

  private LocalStack() {}

  /// Where it answers.
  public static URI endpoint() {
    return Found.ENDPOINT;
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

    /// Without a container engine it fails, so that no contract is skipped unnoticed. The container
    /// shares this machine's network: it listens on the loopback interface alone, functions find it
    /// where tests do, and nothing has to be undone.
    @SuppressWarnings("resource") // ends with this JVM
    private static URI start() {
      String address = "127.0.0.1:" + freePort();
      LocalStackContainer container =
          new LocalStackContainer(
                  DockerImageName.parse(image()).asCompatibleSubstituteFor("localstack/localstack"))
              .withNetworkMode("host")
              // A mapped address: for one of IPv4 it listens on every interface.
              .withEnv("GATEWAY_LISTEN", address.replace("127.0.0.1", "[::ffff:127.0.0.1]"))
              .withEnv("LOCALSTACK_HOST", address)
              .withEnv("S3_SKIP_SIGNATURE_VALIDATION", "0");
      container.setExposedPorts(List.of());
      container.start();
      return URI.create("http://" + address);
    }

    private static int freePort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
