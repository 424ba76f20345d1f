package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/// A signature in cosign's first form: a payload that names the image, in a manifest that clients
/// find by a tag, with the signature as the layer's annotation (cosign's signature specification).
///
/// @param payload what is signed
record SimpleSigning(SignedDocument payload, SignedDocument config, SignedDocument manifest) {
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String SIGNATURE = "dev.cosignproject.cosign/signature";

  /// An image of this form says nothing of its time.
  private static final String NEVER = "0001-01-01T00:00:00Z";

  static SimpleSigning of(Digest image, String reference, Signer signer) throws IOException {
    SignedDocument payload = new SignedDocument(PAYLOAD, payload(image, reference));
    SignedDocument config = SignedDocument.of(CONFIG, config(payload));
    String signature = Base64.getEncoder().encodeToString(signer.sign(payload.bytes()));
    JsonText layer =
        payload.descriptor().put("annotations", JsonText.object().put(SIGNATURE, signature));
    JsonText manifest =
        JsonText.object()
            .put("schemaVersion", 2)
            .put("mediaType", MANIFEST)
            .put("config", config.descriptor())
            .put("layers", List.of(layer));
    return new SimpleSigning(payload, config, SignedDocument.of(MANIFEST, manifest));
  }

  /// The field `optional` is null, which {@link JsonText} never writes.
  private static String payload(Digest image, String reference) {
    JsonText critical =
        JsonText.object()
            .put("identity", JsonText.object().put("docker-reference", reference))
            .put("image", JsonText.object().put("docker-manifest-digest", image.value()))
            .put("type", "cosign container image signature");
    return "{\"critical\":%s,\"optional\":null}".formatted(critical);
  }

  private static JsonText config(SignedDocument payload) {
    return JsonText.object()
        .put("architecture", "")
        .put("created", NEVER)
        .put("history", List.of(JsonText.object().put("created", NEVER)))
        .put("os", "")
        .put(
            "rootfs",
            JsonText.object()
                .put("type", "layers")
                .put("diff_ids", List.of(payload.digest().value())))
        .put("config", JsonText.object());
  }

  List<SignedDocument> documents() {
    return List.of(payload, config, manifest);
  }
}
