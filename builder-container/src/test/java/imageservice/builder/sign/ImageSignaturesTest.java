package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.JsonFields;
import imageservice.plan.Signing;
import imageservice.plan.SigningKey;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The documents as cosign reads them, by the key of RFC 8032, 7.1, test 1.
final class ImageSignaturesTest {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final Digest DIGEST = Digest.of("an index".getBytes(StandardCharsets.UTF_8));
  private static final SignedImage IMAGE = new SignedImage(INDEX, 8, DIGEST);
  private static final String REFERENCE = "factory.example/metal-installer/abc";
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private final PemSigner signer = PemSigner.of(Keys.ED25519);
  private final Signing signing = new Signing(signer.key().id(), REFERENCE);

  @Test
  void theFirstFormNamesTheImageInAPayloadThatIsSigned() throws Exception {
    ImageSignatures signatures = ImageSignatures.of(IMAGE, signing, Optional.of(signer));
    JsonFields manifest = JsonFields.parse(signatures.signature().text());
    JsonFields layer = manifest.objects("layers").getFirst();
    SignedDocument payload = document(signatures, layer);
    assertThat(payload.text())
        .isEqualTo(
            "{\"critical\":{\"identity\":{\"docker-reference\":\"%s\"},\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"cosign container image signature\"},\"optional\":null}"
                .formatted(REFERENCE, DIGEST));
    assertThat(layer.text("mediaType"))
        .isEqualTo("application/vnd.dev.cosign.simplesigning.v1+json");
    byte[] signature =
        Base64.getDecoder()
            .decode(layer.object("annotations").text("dev.cosignproject.cosign/signature"));
    assertThat(verifies(payload.bytes(), signature)).isTrue();
    assertThat(document(signatures, manifest.object("config")).text())
        .isEqualTo(
            "{\"architecture\":\"\",\"created\":\"0001-01-01T00:00:00Z\",\"history\":[{\"created\":\"0001-01-01T00:00:00Z\"}],\"os\":\"\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]},\"config\":{}}"
                .formatted(payload.digest()));
  }

  @Test
  void theBundleIsAStatementInAnEnvelopeThatRefersToTheImage() throws Exception {
    ImageSignatures signatures = ImageSignatures.of(IMAGE, signing, Optional.of(signer));
    JsonFields entry =
        JsonFields.parse(signatures.referrers().text()).objects("manifests").getFirst();
    assertThat(entry.text("artifactType")).isEqualTo(BUNDLE);
    SignedDocument document = document(signatures, entry);
    JsonFields manifest = JsonFields.parse(document.text());
    assertThat(manifest.text("artifactType")).isEqualTo(BUNDLE);
    assertThat(manifest.object("subject").text("digest")).isEqualTo(DIGEST.value());
    assertThat(manifest.object("subject").text("mediaType")).isEqualTo(INDEX);
    assertThat(manifest.object("subject").number("size")).isEqualTo(8);
    assertThat(document(signatures, manifest.object("config")).text()).isEqualTo("{}");
    JsonFields bundle =
        JsonFields.parse(document(signatures, manifest.objects("layers").getFirst()).text());
    assertThat(bundle.text("mediaType")).isEqualTo(BUNDLE);
    assertThat(bundle.object("verificationMaterial").object("publicKey").text("hint"))
        .as("base64 of SHA-256 of the key")
        .isEqualTo(hint());
    JsonFields envelope = bundle.object("dsseEnvelope");
    String type = envelope.text("payloadType");
    String statement =
        new String(Base64.getDecoder().decode(envelope.text("payload")), StandardCharsets.UTF_8);
    assertThat(type).isEqualTo("application/vnd.in-toto+json");
    assertThat(statement)
        .isEqualTo(
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"%s\",\"digest\":{\"sha256\":\"%s\"},\"annotations\":{}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}"
                .formatted(REFERENCE, DIGEST.hex()));
    String encoded = "DSSEv1 28 " + type + " " + statement.length() + " " + statement;
    byte[] signature =
        Base64.getDecoder().decode(envelope.objects("signatures").getFirst().text("sig"));
    assertThat(verifies(encoded.getBytes(StandardCharsets.UTF_8), signature)).isTrue();
  }

  private String hint() {
    byte[] hash = Digest.hash().digest(Base64.getDecoder().decode(signer.key().base64()));
    return Base64.getEncoder().encodeToString(hash);
  }

  @Test
  void equalImagesGetEqualDocumentsWhichArePinned() throws Exception {
    ImageSignatures signatures = ImageSignatures.of(IMAGE, signing, Optional.of(signer));
    assertThat(ImageSignatures.of(IMAGE, signing, Optional.of(signer))).isEqualTo(signatures);
    assertThat(
            List.of(signatures.signature().digest().hex(), signatures.referrers().digest().hex()))
        .as("where bytes change on purpose, raise the recipe's number in the same commit")
        .containsExactly(
            "be9f9dacefb9aae8bf9342331af201645ce371c33c2eb2ed8829ceb306c87c3e",
            "f3464cdf8973cd38154d7f295d24bc4e7737aa00dfd9f620f5f4d88371586664");
  }

  @Test
  void aBuilderWithAnotherKeyDoesNotSign() {
    SigningKey other = PemSigner.of(Keys.rsa(2048)).key();
    assertThatThrownBy(() ->
            ImageSignatures.of(IMAGE, new Signing(other.id(), REFERENCE), Optional.of(signer)))
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "the builder's signing key is %s, and the image is to be signed by %s: give the builder and the functions the two halves of one key"
                .formatted(signer.key().id(), other.id()));
  }

  private static SignedDocument document(ImageSignatures signatures, JsonFields descriptor)
      throws Exception {
    String digest = descriptor.text("digest");
    SignedDocument found =
        signatures.documents().stream()
            .filter(each -> each.digest().value().equals(digest))
            .findFirst()
            .orElseThrow();
    assertThat(descriptor.number("size")).isEqualTo(found.bytes().length);
    assertThat(descriptor.text("mediaType")).isEqualTo(found.mediaType());
    return found;
  }

  private boolean verifies(byte[] bytes, byte[] signature) throws Exception {
    Signature judge = Signature.getInstance("Ed25519");
    judge.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(Base64.getDecoder().decode(signer.key().base64()))));
    judge.update(bytes);
    return judge.verify(signature);
  }
}
