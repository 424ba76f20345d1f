package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ContentDigestTest {
  private static final Blob CONTENT = AssetSinkContract.content(300_000);

  @Test
  void countsWhatIsReadTwiceOnce() throws IOException {
    byte[] bytes = CONTENT.bytes(300_000);
    ContentDigest digest = new ContentDigest();
    digest.update(0, bytes, 0, 1000);
    digest.update(0, bytes, 0, 500);
    digest.update(500, bytes, 500, 299_500);
    assertThat(digest.of(CONTENT)).isEqualTo(AssetSinkContract.digest(CONTENT));
  }

  /// A store that has the object already may answer before it has read anything.
  @Test
  void readsWhatNobodyAskedFor() throws IOException {
    assertThat(new ContentDigest().of(CONTENT)).isEqualTo(AssetSinkContract.digest(CONTENT));
    ContentDigest begun = new ContentDigest();
    begun.update(0, CONTENT.bytes(300_000), 0, 70_000);
    assertThat(begun.of(CONTENT)).isEqualTo(AssetSinkContract.digest(CONTENT));
  }

  @Test
  void refusesGaps() {
    ContentDigest digest = new ContentDigest();
    assertThatThrownBy(() -> digest.update(5, new byte[10], 0, 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("content from byte 5 on, bytes from 0 on are missing");
  }
}
