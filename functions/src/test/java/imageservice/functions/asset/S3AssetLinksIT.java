package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetAddress;
import imageservice.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Links on LocalStack, which checks their signatures.
final class S3AssetLinksIT {
  private static final String BUCKET = "links-" + UUID.randomUUID();
  private static final S3Client S3 = LocalStack.s3();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AssetAddress ISO =
      AssetAddress.parse("g1a2b3c4d/image/" + "0".repeat(64) + "/v1.9.5/metal-amd64.iso")
          .orElseThrow();
  private static final AssetAddress OTHER =
      AssetAddress.parse("g1a2b3c4d/image/" + "1".repeat(64) + "/v1.9.5/metal-amd64.iso")
          .orElseThrow();

  private final AssetLinks links = links();

  @BeforeAll
  static void createBucket() {
    S3.createBucket(create -> create.bucket(BUCKET));
    S3.putObject(
        put -> put.bucket(BUCKET).key(ISO.toString()).contentType("application/x-iso9660-image"),
        RequestBody.fromString("content"));
  }

  @AfterAll
  static void close() {
    HTTP.close();
    S3.close();
  }

  @Test
  void tellsWhatIsThere() throws IOException {
    AssetLinks.Found found = links.find(ISO).orElseThrow();
    assertThat(found.size()).isEqualTo(7);
    assertThat(found.mediaType()).isEqualTo("application/x-iso9660-image");
    assertThat(links.find(OTHER)).isEmpty();
  }

  @Test
  void aLinkForGetGivesTheObjectItsPartsAndItsName() throws Exception {
    String link = links.presign(ISO, AssetLinks.Method.GET, Optional.of("a b.iso"));
    HttpResponse<String> whole = send("GET", link);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo("content");
    assertThat(whole.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"a b.iso\"");
    HttpResponse<String> part = send("GET", link, "Range", "bytes=1-2");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("on");
  }

  @Test
  void aLinkIsForItsMethodItsObjectAndItsHour() throws Exception {
    String get = links.presign(ISO, AssetLinks.Method.GET, Optional.empty());
    String head = links.presign(ISO, AssetLinks.Method.HEAD, Optional.empty());
    assertThat(send("HEAD", head).statusCode()).isEqualTo(200);
    assertThat(send("GET", head).statusCode()).isEqualTo(403);
    assertThat(send("HEAD", get).statusCode()).isEqualTo(403);
    String longer = get.replace("X-Amz-Expires=3600", "X-Amz-Expires=9600");
    assertThat(send("GET", longer).statusCode()).isEqualTo(403);
    String another = get.replace(ISO.toString(), OTHER.toString());
    assertThat(send("GET", another).statusCode()).isEqualTo(403);
  }

  /// The quick way alone: what it does not understand fails.
  private static AssetLinks links() {
    S3LinkSigner signer =
        S3LinkSigner.at(LocalStack.endpoint(), BUCKET, LocalStack.REGION, LocalStack.CREDENTIALS);
    S3Objects none =
        new S3Objects() {
          @Override
          public Optional<AssetLinks.Found> find(String key) throws IOException {
            throw new IOException("no other way to " + key);
          }

          @Override
          public Optional<byte[]> read(String key, int most) throws IOException {
            throw new IOException("no other way to " + key);
          }
        };
    return new S3AssetLinks(
        signer, new S3SignedObjects(signer, UrlConnectionHttpClient::create, none));
  }

  private static HttpResponse<String> send(String method, String link, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(link))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
