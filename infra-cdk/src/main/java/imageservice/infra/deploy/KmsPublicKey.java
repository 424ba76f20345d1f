package imageservice.infra.deploy;

import imageservice.infra.preflight.Fact;
import java.util.Base64;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// Asks KMS for the public half of a key that signs.
record KmsPublicKey(AwsAccess access) {
  /// In base64 of DER; absent where there is no such key.
  Fact<String> read(String arn) {
    try (KmsClient kms = access.configured(KmsClient.builder()).build()) {
      GetPublicKeyResponse key = kms.getPublicKey(get -> get.keyId(arn));
      return key.signingAlgorithms().contains(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256)
          ? new Fact.Known<>(Base64.getEncoder().encodeToString(key.publicKey().asByteArray()))
          : new Fact.Absent<>();
    } catch (NotFoundException e) {
      return new Fact.Absent<>();
    } catch (SdkException e) {
      return AwsAccountReader.unreadable(e);
    }
  }
}
