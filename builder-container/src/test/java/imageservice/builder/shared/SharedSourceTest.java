package imageservice.builder.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import imageservice.builder.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several builders, each with a cache of its own, that share what one of them fetched.
final class SharedSourceTest {
  @TempDir Path folder = Path.of("unset");

  private final TestImages images = new TestImages();
  private final MemorySource source = new MemorySource(images);
  private final MemoryContent shared = new MemoryContent();
  private final List<BlobCache> caches = new ArrayList<>();
  private final List<String> unkept = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // before each test
  private OciImage image;

  @SuppressWarnings("NullAway.Init") // before each test
  private Descriptor index;

  @SuppressWarnings("NullAway.Init") // before each test
  private Descriptor manifest;

  @SuppressWarnings("NullAway.Init") // before each test
  private Descriptor layer;

  @BeforeEach
  void makeImage() throws IOException {
    layer = images.layer(new TestImages.Layer().file("a", "A".repeat(100_000)));
    manifest = images.manifest("amd64", layer);
    index = images.index(Map.of("amd64", manifest));
    image = OciImage.of("imager", index.digest());
  }

  @AfterEach
  void close() throws IOException {
    for (BlobCache cache : caches) {
      cache.close();
    }
  }

  @Test
  void theSecondBuilderAsksTheSourceForNothing() throws IOException {
    requireRead(builder());
    assertThat(source.asked()).containsExactly("manifest", "manifest", "blob");
    source.asked().clear();
    OciImages second = builder();
    requireRead(second);
    assertThat(second.isFor(image, Architecture.AMD64)).isTrue();
    assertThat(source.asked()).as("of the configuration alone").containsExactly("blob");
    source.asked().clear();
    assertThat(builder().isFor(image, Architecture.AMD64)).isTrue();
    assertThat(source.asked()).isEmpty();
    assertThat(unkept).isEmpty();
  }

  /// Once for each content, however many pieces it passes in.
  @Test
  void saysWhatCannotBeKeptAndServesIt() throws IOException {
    shared.beFull();
    requireRead(builder());
    String full = " refused: the asset store refuses: full";
    assertThat(unkept)
        .containsExactly(
            "%s, %d bytes".formatted(index.digest(), index.size()) + full,
            "%s, %d bytes".formatted(manifest.digest(), manifest.size()) + full,
            "%s, %d bytes".formatted(layer.digest(), layer.size()) + full);
    source.asked().clear();
    requireRead(builder());
    assertThat(source.asked()).containsExactly("manifest", "manifest", "blob");
  }

  @Test
  void damagedContentIsFetchedAgainAndReplaced() throws IOException {
    requireRead(builder());
    shared.damageAll();
    OciImages second = builder();
    assertThatThrownBy(() -> requireRead(second)).isInstanceOf(DamagedBlobException.class);
    requireRead(second);
    source.asked().clear();
    requireRead(builder());
    assertThat(source.asked()).isEmpty();
  }

  @Test
  void aMalformedImageIsMalformedForEveryBuilder() throws IOException {
    Descriptor broken = images.blob(TestImages.GZIP_LAYER, new byte[] {0x1F, (byte) 0x8B, 7, 7, 7});
    OciImage malformed = OciImage.of("imager", images.manifest("amd64", broken).digest());
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> read(builder(), malformed))
          .isInstanceOf(SourceException.Malformed.class);
    }
  }

  @Test
  void saysThatTheStoreCannotBeReached() throws IOException {
    requireRead(builder());
    shared.beUnreachable();
    assertThatThrownBy(() -> requireRead(builder())).isInstanceOf(StoreException.class);
  }

  /// Nothing is wrong with the image, so no client is told so.
  @Test
  void aStoreThatBreaksOffIsNoMalformedImage() throws IOException {
    requireRead(builder());
    shared.breakOff(10);
    assertThatThrownBy(() -> requireRead(builder()))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("what is shared of it cannot be read");
  }

  private OciImages builder() throws IOException {
    BlobCache cache =
        new BlobCache(
            Files.createTempDirectory(folder, "builder"),
            1L << 30,
            () -> Instant.parse("2026-01-01T00:00:00Z"));
    caches.add(cache);
    SharedSource passing =
        new SharedSource(
            source,
            shared,
            (digest, size, cause) ->
                unkept.add("%s, %d bytes refused: %s".formatted(digest, size, cause.getMessage())));
    return new OciImages(passing, new UnverifiedAdmitted(), cache);
  }

  private void requireRead(OciImages builder) throws IOException {
    assertThat(read(builder, image).length()).isEqualTo(100_000);
  }

  private static CachedBlob read(OciImages builder, OciImage image) throws IOException {
    return Objects.requireNonNull(
        builder.files(image, Architecture.AMD64, Wanted.files("a")).get("a"));
  }
}
