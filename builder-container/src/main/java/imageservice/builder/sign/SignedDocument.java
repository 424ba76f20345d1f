package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;

/// A document of a signature, which others refer to by its digest.
public record SignedDocument(String mediaType, String text) {
  static SignedDocument of(String mediaType, JsonText json) {
    return new SignedDocument(mediaType, json.toString());
  }

  public Digest digest() {
    return Digest.of(bytes());
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// OCI image specification, "Content Descriptors".
  JsonText descriptor() {
    return descriptor(mediaType, bytes().length, digest());
  }

  static JsonText descriptor(String mediaType, long size, Digest digest) {
    return JsonText.object()
        .put("mediaType", mediaType)
        .put("size", size)
        .put("digest", digest.value());
  }
}
