package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.localstack.LocalStack;
import imageservice.plan.SigningCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/// The certificate of a key of KMS on LocalStack, by the command alone.
final class MakeCertificateIT {
  private static final Map<String, String> ACCESS =
      Map.of(
          "aws.endpointUrl", LocalStack.endpoint().toString(),
          "aws.accessKeyId", "test",
          "aws.secretAccessKey", "test");

  private final KmsClient kms = LocalStack.configured(KmsClient.builder()).build();

  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void setAccess() {
    ACCESS.forEach(System::setProperty);
  }

  @AfterEach
  void forgetAccess() {
    ACCESS.keySet().forEach(System::clearProperty);
    kms.close();
  }

  private String key(KeySpec spec) {
    return kms.createKey(create -> create.keySpec(spec).keyUsage(KeyUsageType.SIGN_VERIFY))
        .keyMetadata()
        .arn();
  }

  @ParameterizedTest
  @EnumSource(names = {"RSA_2048", "RSA_4096"})
  void theCertificateIsOfTheKeyAndSignedByIt(KeySpec spec) throws Exception {
    String arn = key(spec);
    Path file = folder.resolve("certificate.pem");
    assertThat(
            Main.run(
                "make-certificate", "--key", arn, "--out", file.toString(), "--name", "A Name"))
        .isZero();
    var certificate = SigningCertificate.parse(Files.readString(file)).x509();
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    assertThat(certificate.getSubjectX500Principal()).hasToString("CN=A Name, O=A Name");
    assertThat(Base64.getEncoder().encodeToString(certificate.getPublicKey().getEncoded()))
        .isEqualTo(
            Base64.getEncoder()
                .encodeToString(kms.getPublicKey(get -> get.keyId(arn)).publicKey().asByteArray()));
  }

  @Test
  void aKeyThatFirmwareCannotVerifyWithGetsNone() {
    Path file = folder.resolve("certificate.pem");
    assertThat(
            Main.run(
                "make-certificate", "--key", key(KeySpec.ECC_NIST_P256), "--out", file.toString()))
        .isOne();
    assertThat(file).doesNotExist();
  }
}
