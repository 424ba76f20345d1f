package imageservice.builder.sign;

import imageservice.json.JsonText;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A signature of an image as a sigstore bundle, in a manifest that refers to the image.
record ImageBundle(SignedDocument bundle, SignedDocument config, SignedDocument manifest) {
  private static final String PREDICATE = "https://sigstore.dev/cosign/sign/v1";

  /// OCI image specification, "Guidance for an Empty Descriptor".
  private static final SignedDocument EMPTY =
      new SignedDocument("application/vnd.oci.empty.v1+json", "{}");

  /// Equal plans give equal bytes at any time.
  private static final String CREATED = "1970-01-01T00:00:00Z";

  static ImageBundle of(SignedImage image, String reference, Signer signer) throws IOException {
    byte[] statement =
        statement(image.digest(), reference).toString().getBytes(StandardCharsets.UTF_8);
    SignedDocument bundle = SigstoreBundle.of(statement, signer);
    return new ImageBundle(
        bundle, EMPTY, SignedDocument.of(SimpleSigning.MANIFEST, manifest(image, bundle)));
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

  private static JsonText manifest(SignedImage image, SignedDocument bundle) {
    return JsonText.object()
        .put("schemaVersion", 2)
        .put("mediaType", SimpleSigning.MANIFEST)
        .put("config", EMPTY.descriptor().put("artifactType", SigstoreBundle.TYPE))
        .put("layers", List.of(bundle.descriptor()))
        .put("annotations", annotations())
        .put("subject", SignedDocument.descriptor(image.mediaType(), image.size(), image.digest()))
        .put("artifactType", SigstoreBundle.TYPE);
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
    return manifest
        .descriptor()
        .put("annotations", annotations())
        .put("artifactType", SigstoreBundle.TYPE);
  }

  List<SignedDocument> documents() {
    return List.of(bundle, config, manifest);
  }
}
