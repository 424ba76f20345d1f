package imageservice.builder.layers;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.oci.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a registry calls a layer, compressed or not, only {@link SourceException} escapes.
final class LayerFuzzTest {
  private static final long CAPACITY = 1 << 20; // bytes

  @TempDir private static Path folder = Path.of("");

  @FuzzTest
  void onlySourceExceptionEscapes(byte[] layer) throws IOException {
    try (BlobCache cache = new BlobCache(folder, CAPACITY, () -> Instant.EPOCH)) {
      new LayerReader("x", new ExpansionLimits("x"), path -> true, cache, new LayerTree())
          .read(new ByteArrayInputStream(layer));
    } catch (SourceException expected) {
      // The one answer to bytes that are no layer.
    }
  }
}
