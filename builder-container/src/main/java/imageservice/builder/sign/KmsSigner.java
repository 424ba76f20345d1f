package imageservice.builder.sign;

import imageservice.ledger.AwsFailure;
import imageservice.plan.SigningKey;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// Signs by an RSA key that never leaves AWS KMS. KMS is asked for the public key once.
public final class KmsSigner implements Signer {
  private final Supplier<KmsClient> kms;
  private final String arn;
  private @Nullable SigningKey key;

  /// @param arn of the key
  public KmsSigner(Supplier<KmsClient> kms, String arn) {
    this.kms = kms;
    this.arn = arn;
  }

  @Override
  public synchronized SigningKey key() throws IOException {
    if (key == null) {
      key = read();
    }
    return key;
  }

  private SigningKey read() throws IOException {
    try {
      byte[] info = kms.get().getPublicKey(get -> get.keyId(arn)).publicKey().asByteArray();
      return SigningKey.parse(Base64.getEncoder().encodeToString(info));
    } catch (SdkException e) {
      throw AwsFailure.of("the signing key", e);
    } catch (IllegalArgumentException e) {
      throw new SigningException(
          "the signing key is none that signs: make one of KMS's RSA_3072 for SIGN_VERIFY");
    }
  }

  /// KMS takes 4096 bytes at most, or the hash of more.
  @Override
  public byte[] sign(SignatureHash hash, byte[] bytes) throws IOException {
    try {
      return kms.get()
          .sign(sign ->
              sign.keyId(arn)
                  .message(SdkBytes.fromByteArray(hash.of(bytes)))
                  .messageType(MessageType.DIGEST)
                  .signingAlgorithm(algorithm(hash)))
          .signature()
          .asByteArray();
    } catch (SdkException e) {
      throw AwsFailure.of("the signing key", e);
    }
  }

  private static SigningAlgorithmSpec algorithm(SignatureHash hash) {
    return switch (hash) {
      case SHA256 -> SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256;
      case SHA384 -> SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_384;
      case SHA512 -> SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_512;
    };
  }
}
