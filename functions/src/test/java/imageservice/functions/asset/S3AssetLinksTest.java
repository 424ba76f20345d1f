package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

final class S3AssetLinksTest {
  private static final AssetAddress KEY =
      AssetAddress.parse("g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso")
          .orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metal-amd64.iso | attachment; filename=\"metal-amd64.iso\"",
        "x y.txt | attachment; filename=\"x y.txt\"",
        "a;b=c.iso | attachment; filename=\"a;b=c.iso\"",
        "\u00e9.iso | attachment; filename=\"__.iso\"; filename*=UTF-8''%C3%A9.iso",
        "a\"b\\c | attachment; filename=\"a_b_c\"; filename*=UTF-8''a%22b%5Cc",
        "\ud83d\ude00 1% | attachment; filename=\"____ 1%\"; filename*=UTF-8''%F0%9F%98%80%201%25",
      })
  void namesAreWrittenForOldAndNewClients(String name, String disposition) {
    assertThat(S3AssetLinks.disposition(name)).isEqualTo(disposition);
  }

  @Test
  void controlCharactersNeverEndTheHeader() {
    assertThat(S3AssetLinks.disposition("a\r\nb\u007f"))
        .isEqualTo("attachment; filename=\"a__b_\"; filename*=UTF-8''a%0D%0Ab%7F");
  }

  @Test
  void linksAreSignedForAnHourAndForTheirMethod() {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
    try (S3Presigner presigner =
            S3Presigner.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .build();
        S3Client s3 =
            S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
      S3AssetLinks links = new S3AssetLinks(() -> s3, () -> presigner, "assets");
      String get = links.presign(KEY, AssetLinks.Method.GET, Optional.of("x y"));
      String head = links.presign(KEY, AssetLinks.Method.HEAD, Optional.empty());
      assertThat(URI.create(get))
          .hasHost("assets.s3.eu-central-1.amazonaws.com")
          .hasPath("/" + KEY)
          .hasParameter("X-Amz-Expires", "3600")
          .hasParameter("response-content-disposition", "attachment; filename=\"x y\"");
      assertThat(URI.create(head)).hasNoParameter("response-content-disposition");
      S3AssetLinks brief =
          new S3AssetLinks(() -> s3, () -> presigner, "assets", Duration.ofMinutes(5));
      assertThat(URI.create(brief.presign(KEY, AssetLinks.Method.GET, Optional.empty())))
          .hasParameter("X-Amz-Expires", "300");
    }
  }
}
