package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

final class KmsSignerTest {
  private static final String ARN = "arn:aws:kms:eu-central-1:1:key/k";
  private static final byte[] TEXT = "a text".repeat(9_999).getBytes(StandardCharsets.UTF_8);

  /// What RFC 8017, 9.2, note 1, sets before a hash.
  private static final String SHA256 = "3031300d060960864801650304020105000420";

  private final RsaKey rsa = new RsaKey();
  private final PemSigner same = PemSigner.of(rsa.pem());
  private final FakeKms kms = new FakeKms();
  private final KmsSigner signer = new KmsSigner(() -> kms, ARN);

  @Test
  void signsAsAFileWithTheSameKeyDoes() throws IOException {
    assertThat(signer.key()).isEqualTo(same.key());
    assertThat(signer.sign(TEXT)).isEqualTo(same.sign(TEXT));
  }

  @Test
  void asksForThePublicKeyOnce() throws IOException {
    assertThat(signer.key()).isEqualTo(signer.key());
    assertThat(kms.reads).isEqualTo(1);
  }

  @Test
  void aKeyThatMayNotBeUsedIsToldWithoutItsName() {
    kms.denies = true;
    for (Supplier<?> each :
        List.<Supplier<?>>of(
            () -> unchecked(signer::key), () -> unchecked(() -> signer.sign(TEXT)))) {
      assertThatThrownBy(each::get)
          .hasRootCauseInstanceOf(KmsException.class)
          .cause()
          .hasMessage("the signing key: status 400, AccessDeniedException");
    }
  }

  @Test
  void aKeyThatSignsNothingIsRefused() {
    kms.info = new byte[] {1, 2, 3};
    assertThatThrownBy(signer::key)
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "the signing key is none that signs: make one of KMS's RSA_3072 for SIGN_VERIFY");
  }

  private interface Step {
    Object run() throws IOException;
  }

  private static Object unchecked(Step step) {
    try {
      return step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An RSA key, and the operation itself.
  private static final class RsaKey {
    private final String pem = Keys.rsa(2048);

    String pem() {
      return pem;
    }

    byte[] signHash(byte[] hash) {
      try {
        String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        RSAPrivateKey key =
            (RSAPrivateKey)
                KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        int length = key.getModulus().bitLength() / 8;
        String hex = SHA256 + HexFormat.of().formatHex(hash);
        String padded = "0001" + "ff".repeat(length - 3 - hex.length() / 2) + "00" + hex;
        byte[] signed =
            new BigInteger(padded, 16)
                .modPow(key.getPrivateExponent(), key.getModulus())
                .toByteArray();
        byte[] whole = new byte[length];
        int used = Math.min(length, signed.length);
        System.arraycopy(signed, signed.length - used, whole, length - used, used);
        return whole;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// KMS with one key.
  private final class FakeKms implements KmsClient {
    private byte[] info = Base64.getDecoder().decode(same.key().base64());
    private boolean denies;
    private int reads;

    @Override
    public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
      require(request.keyId());
      reads++;
      return GetPublicKeyResponse.builder().publicKey(SdkBytes.fromByteArray(info)).build();
    }

    @Override
    public SignResponse sign(SignRequest request) {
      require(request.keyId());
      assertThat(request.messageType()).isEqualTo(MessageType.DIGEST);
      assertThat(request.signingAlgorithm())
          .isEqualTo(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256);
      byte[] signature = rsa.signHash(request.message().asByteArray());
      return SignResponse.builder().signature(SdkBytes.fromByteArray(signature)).build();
    }

    private void require(String keyId) {
      assertThat(keyId).isEqualTo(ARN);
      if (denies) {
        throw KmsException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
            .build();
      }
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }
}
