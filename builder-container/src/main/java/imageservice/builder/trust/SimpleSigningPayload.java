package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;

/// What cosign's older form signs: containers/image, "atomic signature". The name in it is not
/// compared, as mirrors have others.
final class SimpleSigningPayload {
  private static final String TYPE = "cosign container image signature";
  private static final int MOST_BYTES = 64 << 10;

  private SimpleSigningPayload() {}

  /// That a payload is about this image.
  static void require(Bytes payload, Digest image)
      throws MalformedJsonException, UntrustedException {
    if (payload.length() > MOST_BYTES) {
      throw new UntrustedException("a payload of %d bytes".formatted(payload.length()));
    }
    JsonFields critical = JsonFields.foreign(payload.array()).object("critical");
    if (!critical.line("type").equals(TYPE)) {
      throw new UntrustedException("a payload that is no signature of an image");
    }
    if (!critical.object("image").line("docker-manifest-digest").equals(image.value())) {
      throw new UntrustedException("the payload is about another image");
    }
  }
}
