package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.material.UnfitInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A cache for the roots of extensions.
public abstract class ExtensionFixture {
  @TempDir protected Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  protected BlobCache cache;

  @BeforeEach
  final void open() throws IOException {
    cache = new BlobCache(folder.resolve("blobs"), 1L << 30, () -> Instant.EPOCH);
  }

  @AfterEach
  final void close() throws IOException {
    cache.close();
  }

  protected final DerivedBlobs derived() {
    return new DerivedBlobs(cache);
  }

  /// A root with a manifest.
  protected final TestRoot root(String name) throws IOException {
    return TestRoot.of(cache, name);
  }

  /// With everything that the client will be told.
  protected static void assertUnfit(ThrowingCallable build, String message) {
    assertThatThrownBy(build).isInstanceOf(UnfitInputException.class).hasMessage(message);
  }
}
