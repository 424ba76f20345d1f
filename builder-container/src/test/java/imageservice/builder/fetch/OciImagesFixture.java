package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
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
abstract class OciImagesFixture {
  @TempDir Path folder = Path.of("unset");
  final TestImages images = new TestImages();
  final MemorySource source = new MemorySource(images);
  final List<BlobCache> caches = new ArrayList<>();

  /// Set anew for each test, when its folder is there.
  @SuppressWarnings("NullAway.Init") // by openCache, before each test
  OciImages oci;

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

  BlobCache open() throws IOException {
    BlobCache cache = new BlobCache(folder, 1L << 30, () -> Instant.parse("2026-01-01T00:00:00Z"));
    caches.add(cache);
    return cache;
  }

  void restart() throws IOException {
    oci = new OciImages(source, new Trust.Insecure(), open());
  }

  OciImage image(TestImages.Layer... layers) throws IOException {
    List<Descriptor> descriptors = new ArrayList<>();
    for (TestImages.Layer layer : layers) {
      descriptors.add(images.layer(layer));
    }
    return OciImage.of(
        "imager", images.manifest("amd64", descriptors.toArray(Descriptor[]::new)).digest());
  }

  void refused(TestImages.Layer layer) throws IOException {
    OciImage image = image(layer);
    assertThatThrownBy(() -> oci.tree(image, Architecture.AMD64, Wanted.everything()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageStartingWith("imager@" + image.digest() + ": ");
  }

  static SortedMap<String, String> texts(Map<String, CachedBlob> files) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, CachedBlob> file : files.entrySet()) {
      texts.put(file.getKey(), new String(file.getValue().bytes(1 << 20), StandardCharsets.UTF_8));
    }
    return texts;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
