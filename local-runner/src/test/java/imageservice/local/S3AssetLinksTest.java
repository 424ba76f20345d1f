package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import imageservice.functions.asset.AssetLinks;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// What the request side sees of a product in the laptop's folder of objects.
final class S3AssetLinksTest {
  private static final AssetAddress ADDRESS =
      new AssetAddress("g1a2b3c4d", new Asset.Talosctl(TalosVersion.of(1, 11, 0), "talosctl"));
  private static final ContentAddress CONTENT =
      new ContentAddress(Digest.of("layer".getBytes(StandardCharsets.UTF_8)));

  @TempDir private Path folder = Path.of("");

  @Test
  void tellsWhatIsThereOfAnObject() throws Exception {
    try (ObjectStore server = ObjectStore.open(folder, new Credentials("user", "secret"));
        S3Client s3 = server.client()) {
      AssetLinks links = server.links(s3);
      assertThat(links.find(ADDRESS)).isEmpty();
      assertThat(links.find(CONTENT)).isEmpty();
      assertThat(links.read(CONTENT, 5)).isEmpty();
      put(s3, CONTENT.toString());
      put(s3, ADDRESS.toString());
      assertThat(links.find(CONTENT).orElseThrow().size()).isEqualTo(5);
      assertThat(links.read(CONTENT, 5)).contains("layer".getBytes(StandardCharsets.UTF_8));
      AssetLinks.Found found = links.find(ADDRESS).orElseThrow();
      assertThat(found.size()).isEqualTo(5);
      assertThat(found.tag()).matches("\"[0-9a-f]{32}\"");
      assertThat(found.mediaType()).isEqualTo("text/plain");
      s3.deleteObject(delete -> delete.bucket(ObjectStore.BUCKET).key(ADDRESS.toString()));
      assertThat(links.find(ADDRESS)).isEmpty();
    }
  }

  private static void put(S3Client s3, String key) {
    s3.putObject(
        put -> put.bucket(ObjectStore.BUCKET).key(key).contentType("text/plain"),
        RequestBody.fromString("layer"));
  }
}
