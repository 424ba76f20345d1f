package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.localstack.LocalStack;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/// Keys of KMS on LocalStack.
final class KmsSignerIT {
  private static final byte[] TEXT = "a text".repeat(9_999).getBytes(StandardCharsets.UTF_8);

  private final KmsClient kms = LocalStack.configured(KmsClient.builder()).build();

  @AfterEach
  void close() {
    kms.close();
  }

  @Test
  void signsTheSameEachTimeByAKeyThatItDoesNotHave() throws Exception {
    KmsSigner signer = signer(KeySpec.RSA_3072);
    byte[] signature = signer.sign(TEXT);
    assertThat(signer.sign(TEXT)).isEqualTo(signature);
    byte[] info = Base64.getDecoder().decode(signer.key().base64());
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info)));
    verifier.update(TEXT);
    assertThat(verifier.verify(signature)).isTrue();
  }

  /// Policies of a TPM are signed by the hash of their bank.
  @ParameterizedTest
  @CsvSource({"SHA384, SHA384withRSA", "SHA512, SHA512withRSA"})
  void signsByOtherHashes(SignatureHash hash, String algorithm) throws Exception {
    KmsSigner signer = signer(KeySpec.RSA_2048);
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(signer.key().key());
    verifier.update(TEXT);
    assertThat(verifier.verify(signer.sign(hash, TEXT))).isTrue();
  }

  /// Keys of secure boot that never leave KMS, and the certificate that one of them signs.
  @Test
  void signsWhatFirmwareVerifies() throws Exception {
    KmsSigner boot = signer(KeySpec.RSA_4096);
    SigningCertificate certificate =
        new SelfSigned("A Key", BigInteger.TEN, Instant.EPOCH, Instant.EPOCH.plusSeconds(1))
            .certificate(boot);
    BootKeyring keys =
        new BootKeyring(certificate, boot, signer(KeySpec.RSA_2048), Optional.empty());
    keys.requireOwnCertificate();
    certificate.x509().verify(certificate.x509().getPublicKey());
    byte[] signature = keys.signImage(new byte[32]);
    assertThat(keys.signImage(new byte[32])).isEqualTo(signature);
    assertThat(keys.keys().certificate()).isEqualTo(certificate);
  }

  @Test
  void aKeyWhoseSignaturesDifferEachTimeIsRefused() {
    assertThatThrownBy(signer(KeySpec.ECC_NIST_P256)::key)
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("RSA_3072 for SIGN_VERIFY");
  }

  @Test
  void aKeyThatIsNotThereIsTold() {
    KmsSigner signer =
        new KmsSigner(
            () -> kms, "arn:aws:kms:us-east-1:000000000000:key/" + new java.util.UUID(1, 2));
    assertThatThrownBy(() -> signer.sign(TEXT))
        .isInstanceOf(IOException.class)
        .hasMessage("the signing key: status 400, NotFoundException");
  }

  private KmsSigner signer(KeySpec spec) {
    String arn =
        kms.createKey(create -> create.keySpec(spec).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .arn();
    return new KmsSigner(() -> kms, arn);
  }
}
