package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.JsonFields;
import imageservice.plan.BuildPlan;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttestationsTest {
  private static final String STATEMENT = "{\"predicateType\":\"x\"}";

  private final PemSigner signer = PemSigner.of(Keys.ED25519);
  private final BuildPlan.Attestation attestation =
      new BuildPlan.Attestation(STATEMENT, signer.key().id());

  @Test
  void theStatementItselfIsSigned() throws Exception {
    JsonFields bundle = JsonFields.parse(Attestations.bundle(attestation, Optional.of(signer)));
    JsonFields envelope = bundle.object("dsseEnvelope");
    assertThat(new String(decoded(envelope.text("payload")), StandardCharsets.UTF_8))
        .isEqualTo(STATEMENT);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(decoded(signer.key().base64()))));
    verifier.update(
        "DSSEv1 28 application/vnd.in-toto+json %d %s"
            .formatted(STATEMENT.length(), STATEMENT)
            .getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(decoded(envelope.objects("signatures").getFirst().text("sig"))))
        .isTrue();
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  @Test
  void withoutThePlansKeyNothingIsSigned() {
    assertThatThrownBy(() -> Attestations.bundle(attestation, Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("has no signing key, and the asset is to be signed by");
    BuildPlan.Attestation other = new BuildPlan.Attestation(STATEMENT, Digest.of(new byte[1]));
    assertThatThrownBy(() -> Attestations.bundle(other, Optional.of(signer)))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("give the builder and the functions the two halves of one key");
  }
}
