package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Images in memory, and a cache that can be opened anew.
public abstract class OciImagesFixture {
  @TempDir protected Path folder = Path.of("unset");
  protected final TestImages images = new TestImages();
  protected final MemorySource source = new MemorySource(images);
  protected final List<BlobCache> caches = new ArrayList<>();

  /// Set anew for each test, when its folder is there.
  @SuppressWarnings("NullAway.Init") // by openCache, before each test
  protected OciImages oci;

  @BeforeEach
  void openCache() throws IOException {
    restart();
  }

  @AfterEach
  void close() throws IOException {
    for (BlobCache cache : caches) {
      cache.close();
    }
  }

  protected BlobCache open() throws IOException {
    BlobCache cache = new BlobCache(folder, 1L << 30, () -> Instant.parse("2026-01-01T00:00:00Z"));
    caches.add(cache);
    return cache;
  }

  protected void restart() throws IOException {
    oci = new OciImages(source, new UnverifiedAdmitted(), open());
  }

  protected OciImage image(TestImages.Layer... layers) throws IOException {
    List<Descriptor> descriptors = new ArrayList<>();
    for (TestImages.Layer layer : layers) {
      descriptors.add(images.layer(layer));
    }
    return OciImage.of(
        "imager", images.manifest("amd64", descriptors.toArray(Descriptor[]::new)).digest());
  }

  protected void refused(TestImages.Layer layer) throws IOException {
    OciImage image = image(layer);
    assertThatThrownBy(() -> oci.tree(image, Architecture.AMD64, Wanted.everything()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageStartingWith("imager@" + image.digest() + ": ");
  }

  protected static SortedMap<String, String> texts(Map<String, CachedBlob> files)
      throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, CachedBlob> file : files.entrySet()) {
      texts.put(file.getKey(), new String(file.getValue().bytes(1 << 20), StandardCharsets.UTF_8));
    }
    return texts;
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
