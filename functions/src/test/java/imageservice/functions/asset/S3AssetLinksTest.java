package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

final class S3AssetLinksTest {
  private static final AssetAddress KEY =
      AssetAddress.parse("g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso")
          .orElseThrow();
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsSessionCredentials.create("id", "secret", "to/ken="));
  private static final S3Objects NOTHING =
      new S3Objects() {
        @Override
        public Optional<AssetLinks.Found> find(String key) {
          return Optional.empty();
        }

        @Override
        public Optional<byte[]> read(String key, int most) {
          return Optional.empty();
        }
      };

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
    S3LinkSigner signer = S3LinkSigner.ofS3("assets", Region.EU_CENTRAL_1, CREDENTIALS);
    S3AssetLinks links = new S3AssetLinks(signer, NOTHING);
    String get = links.presign(KEY, AssetLinks.Method.GET, Optional.of("x y"));
    String head = links.presign(KEY, AssetLinks.Method.HEAD, Optional.empty());
    assertThat(URI.create(get))
        .hasHost("assets.s3.eu-central-1.amazonaws.com")
        .hasPath("/" + KEY)
        .hasParameter("X-Amz-Expires", "3600")
        .hasParameter("response-content-disposition", "attachment; filename=\"x y\"");
    assertThat(URI.create(head)).hasNoParameter("response-content-disposition");
    S3AssetLinks brief = new S3AssetLinks(signer, NOTHING, Duration.ofMinutes(5));
    assertThat(URI.create(brief.presign(KEY, AssetLinks.Method.GET, Optional.empty())))
        .hasParameter("X-Amz-Expires", "300");
  }

  @ParameterizedTest
  @CsvSource({
    "assets, us-east-1, ''",
    "assets, eu-central-1, ''",
    "assets, cn-north-1, ''",
    "assets, us-gov-west-1, ''",
    "assets.example, eu-west-1, ''",
    "assets.example, us-east-1, ''",
    "assets, eu-west-1, http://127.0.0.1:4566",
    "assets, eu-west-1, https://s3.example"
  })
  void linksAreThoseOfTheSdk(String bucket, String region, String endpoint) {
    try (S3Presigner presigner = presigner(region, endpoint)) {
      S3LinkSigner signer =
          endpoint.isEmpty()
              ? S3LinkSigner.ofS3(bucket, Region.of(region), CREDENTIALS)
              : S3LinkSigner.at(URI.create(endpoint), bucket, Region.of(region), CREDENTIALS);
      S3AssetLinks links = new S3AssetLinks(signer, NOTHING);
      assertSame(
          () -> links.presign(KEY, AssetLinks.Method.GET, Optional.of("a;b c\u00e9")),
          () -> get(presigner, bucket, S3AssetLinks.disposition("a;b c\u00e9")));
      assertSame(
          () -> links.presign(KEY, AssetLinks.Method.HEAD, Optional.empty()),
          () -> head(presigner, bucket));
    }
  }

  private static S3Presigner presigner(String region, String endpoint) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .region(Region.of(region))
            .credentialsProvider(CREDENTIALS)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(!endpoint.isEmpty()).build());
    return endpoint.isEmpty()
        ? builder.build()
        : builder.endpointOverride(URI.create(endpoint)).build();
  }

  private static String get(S3Presigner presigner, String bucket, String disposition) {
    return presigner
        .presignGetObject(sign ->
            sign.signatureDuration(Duration.ofHours(1))
                .getObjectRequest(get ->
                    get.bucket(bucket).key(KEY.toString()).responseContentDisposition(disposition)))
        .url()
        .toString();
  }

  private static String head(S3Presigner presigner, String bucket) {
    return presigner
        .presignHeadObject(sign ->
            sign.signatureDuration(Duration.ofHours(1))
                .headObjectRequest(head -> head.bucket(bucket).key(KEY.toString())))
        .url()
        .toString();
  }

  /// Compares links of one second.
  private static void assertSame(Supplier<String> ours, Supplier<String> theirs) {
    String first = ours.get();
    String second = theirs.get();
    while (!date(first).equals(date(second))) {
      first = ours.get();
      second = theirs.get();
    }
    assertThat(first).isEqualTo(second);
  }

  private static String date(String link) {
    int date = link.indexOf("X-Amz-Date=");
    return link.substring(date, link.indexOf('&', date));
  }
}
