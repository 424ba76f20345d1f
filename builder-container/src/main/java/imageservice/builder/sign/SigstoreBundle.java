package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A signature as a sigstore bundle, version 0.3: an in-toto statement about the image in a DSSE
/// envelope, in a manifest that refers to the image.
record SigstoreBundle(SignedDocument bundle, SignedDocument config, SignedDocument manifest) {
  static final String TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  private static final String PREDICATE = "https://sigstore.dev/cosign/sign/v1";

  /// OCI image specification, "Guidance for an Empty Descriptor".
  private static final SignedDocument EMPTY =
      new SignedDocument("application/vnd.oci.empty.v1+json", "{}");

  /// Equal plans give equal bytes at any time.
  private static final String CREATED = "1970-01-01T00:00:00Z";

  static SigstoreBundle of(SignedImage image, String reference, Signer signer) throws IOException {
    byte[] statement =
        statement(image.digest(), reference).toString().getBytes(StandardCharsets.UTF_8);
    JsonText bundle = bundle(statement, signer.sign(encoded(statement)), signer.key().id());
    SignedDocument document = SignedDocument.of(TYPE, bundle);
    return new SigstoreBundle(
        document, EMPTY, SignedDocument.of(SimpleSigning.MANIFEST, manifest(image, document)));
  }

  /// in-toto attestation framework, "Statement layer specification", v1.
  private static JsonText statement(Digest image, String reference) {
    JsonText subject =
        JsonText.object()
            .put("name", reference)
            .put("digest", JsonText.object().put("sha256", image.hex()))
            .put("annotations", JsonText.object());
    return JsonText.object()
        .put("_type", "https://in-toto.io/Statement/v1")
        .put("subject", List.of(subject))
        .put("predicateType", PREDICATE)
        .put("predicate", JsonText.object());
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

  private static JsonText manifest(SignedImage image, SignedDocument bundle) {
    return JsonText.object()
        .put("schemaVersion", 2)
        .put("mediaType", SimpleSigning.MANIFEST)
        .put("config", EMPTY.descriptor().put("artifactType", TYPE))
        .put("layers", List.of(bundle.descriptor()))
        .put("annotations", annotations())
        .put("subject", SignedDocument.descriptor(image.mediaType(), image.size(), image.digest()))
        .put("artifactType", TYPE);
  }

  private static JsonText annotations() {
    return JsonText.object()
        .put("dev.sigstore.bundle.content", "dsse-envelope")
        .put("dev.sigstore.bundle.predicateType", PREDICATE)
        .put("org.opencontainers.image.created", CREATED);
  }

  /// The manifest's entry in a list of what refers to the image: OCI distribution specification,
  /// "Listing Referrers".
  JsonText referrer() {
    return manifest.descriptor().put("annotations", annotations()).put("artifactType", TYPE);
  }

  List<SignedDocument> documents() {
    return List.of(bundle, config, manifest);
  }
}
