package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A sigstore bundle, version 0.3: an in-toto statement in a DSSE envelope, signed by a key.
final class SigstoreBundle {
  static final String TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private SigstoreBundle() {}

  /// @param statement JSON
  static SignedDocument of(byte[] statement, Signer signer) throws IOException {
    return SignedDocument.of(
        TYPE, bundle(statement, signer.sign(encoded(statement)), signer.key().id()));
  }

  /// DSSE protocol, "Signature Definition": the pre-authentication encoding, which is signed.
  private static byte[] encoded(byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        "DSSEv1 %d %s %d "
            .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static JsonText bundle(byte[] payload, byte[] signature, Digest key) {
    JsonText hint = JsonText.object().put("hint", base64(HexFormat.of().parseHex(key.hex())));
    JsonText envelope =
        JsonText.object()
            .put("payload", base64(payload))
            .put("payloadType", PAYLOAD_TYPE)
            .put("signatures", List.of(JsonText.object().put("sig", base64(signature))));
    return JsonText.object()
        .put("mediaType", TYPE)
        .put("verificationMaterial", JsonText.object().put("publicKey", hint))
        .put("dsseEnvelope", envelope);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
