package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Asset;
import imageservice.asset.AssetAddress;
import imageservice.asset.ContentAddress;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// What the request side sees of a product in the laptop's object server.
final class S3AssetLinksTest {
  private static final AssetAddress ADDRESS =
      new AssetAddress("g1a2b3c4d", new Asset.Talosctl(TalosVersion.of(1, 11, 0), "talosctl"));
  private static final Digest LAYER = Digest.of("layer".getBytes(StandardCharsets.UTF_8));
  private static final StoredProduct PRODUCT =
      new StoredProduct(new StoredObject(1, LAYER), List.of(new StoredObject(5, LAYER)), List.of());

  @TempDir private Path folder = Path.of("");

  @Test
  void aProductIsThereWithAllItsObjects() throws Exception {
    try (ObjectServer server = ObjectServer.start(folder, new Credentials("user", "secret"), 0);
        S3Client s3 = server.client();
        S3Presigner presigner = server.presigner(Optional.empty())) {
      S3AssetLinks links = new S3AssetLinks(() -> s3, () -> presigner, ObjectServer.BUCKET);
      assertThat(links.holds(ADDRESS, PRODUCT)).isFalse();
      put(s3, new ContentAddress(LAYER).toString());
      assertThat(links.holds(ADDRESS, PRODUCT)).isFalse();
      put(s3, ADDRESS.toString());
      assertThat(links.holds(ADDRESS, PRODUCT)).isTrue();
      s3.deleteObject(
          delete -> delete.bucket(ObjectServer.BUCKET).key(new ContentAddress(LAYER).toString()));
      assertThat(links.holds(ADDRESS, PRODUCT)).isFalse();
    }
  }

  private static void put(S3Client s3, String key) {
    s3.putObject(put -> put.bucket(ObjectServer.BUCKET).key(key), RequestBody.fromString("layer"));
  }
}
