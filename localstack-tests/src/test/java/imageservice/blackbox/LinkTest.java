package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Links to objects: good for what they were made for and nothing else.
@ExtendWith(ServiceUnderTest.Shared.class)
final class LinkTest {
  private final ServiceUnderTest service;
  private final Client client;
  private String link = "";

  LinkTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeEach
  void takeALink() throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [link=yes]}");
    String path = "/image/" + id + "/v1.9.5/cmdline-metal-amd64";
    assertThat(client.download(path).status()).isEqualTo(200);
    link = client.get(path).required("location");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void isGoodAsItIs() throws Exception {
    assertThat(client.get(link).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Signature=[0-9a-f]{4}, X-Amz-Signature=0000",
    "X-Amz-Expires=[0-9]+, X-Amz-Expires=604800",
    "cmdline-metal-amd64, kernel-amd64",
    "X-Amz-Date=[0-9]{4}, X-Amz-Date=2020",
    "&X-Amz-Signature=[0-9a-f]+, ''",
    "[?].*, ''",
  })
  void isWorthlessOnceTamperedWith(String pattern, String replacement) throws Exception {
    String tampered = link.replaceFirst(pattern, replacement);
    assertThat(tampered).isNotEqualTo(link);
    assertThat(client.get(tampered).status()).isEqualTo(403);
  }

  @Test
  void isOnTheServicesOwnPort() {
    assertThat(link).startsWith(service.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "POST", "DELETE"})
  void isForItsMethodOnly(String method) throws Exception {
    assertThat(client.send(method, link, new byte[0]).status()).isEqualTo(403);
    assertThat(client.get(link).status()).isEqualTo(200);
  }

  @Test
  void endsWhenItsTimeIsOver() throws Exception {
    assertThat(client.get(sign(Duration.ofHours(1))).status()).isEqualTo(200);
    String brief = sign(Duration.ofSeconds(1));
    while (client.get(brief).status() == 200) {
      Thread.sleep(100);
    }
    assertThat(client.get(brief).status()).isEqualTo(403);
  }

  /// A link as the service makes them, with its own secret and for the host that it signs for.
  private String sign(Duration valid) throws Exception {
    URI address = URI.create(link);
    String host = "https://objects.invalid";
    String[] path = address.getPath().split("/", 3);
    String secret = Files.readString(service.machine().data().resolve("credentials")).strip();
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
