package imageservice.builder.oci;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.release.Digest;

/// Whatever a registry calls a manifest, only {@link SourceException} escapes.
final class ManifestFuzzTest {
  @FuzzTest
  void onlySourceExceptionEscapes(byte[] manifest) {
    try {
      ManifestJson.decode("x", Digest.of(manifest), manifest);
      ManifestJson.mediaType("x", manifest);
    } catch (SourceException expected) {
      // The one answer to bytes that are no manifest.
    }
  }
}
