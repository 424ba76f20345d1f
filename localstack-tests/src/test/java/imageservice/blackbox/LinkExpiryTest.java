package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Links that the laptop's service makes end by themselves.
final class LinkExpiryTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aLinkEndsWhenItsTimeIsOver() throws Exception {
    Machine machine = Machine.in(folder);
    try (ServiceProcess service = machine.serve(0);
        Client client = new Client(service.url())) {
      String path =
          "/image/" + client.configure("customization: {}") + "/v1.9.5/cmdline-metal-amd64";
      assertThat(client.download(path).status()).isEqualTo(200);
      String link = client.get(path).required("location");
      String secret = Files.readString(machine.data().resolve("credentials")).strip();
      assertThat(client.get(sign(link, secret, Duration.ofHours(1))).status()).isEqualTo(200);
      String brief = sign(link, secret, Duration.ofSeconds(1));
      while (client.get(brief).status() == 200) {
        Thread.sleep(100);
      }
      assertThat(client.get(brief).status()).isEqualTo(403);
    }
  }

  /// A link as the service makes them, with its own secret and for the host that it signs for.
  private static String sign(String link, String secret, Duration valid) {
    URI address = URI.create(link);
    String host = "https://objects.invalid";
    String[] path = address.getPath().split("/", 3);
    String user = link.replaceAll(".*X-Amz-Credential=([A-Za-z0-9]+)%2F.*", "$1");
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(URI.create(host))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(user, secret)))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return presigner
          .presignGetObject(sign ->
              sign.signatureDuration(valid)
                  .getObjectRequest(get -> get.bucket(path[1]).key(path[2])))
          .url()
          .toString()
          .replace(host, "http://" + address.getAuthority());
    }
  }
}
