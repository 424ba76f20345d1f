package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.localstack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
