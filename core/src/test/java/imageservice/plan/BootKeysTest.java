package imageservice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BootKeysTest {
  /// `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=a -days
  /// 36500`.
  private static final String EC =
      """
      -----BEGIN CERTIFICATE-----
      MIIBbzCCARWgAwIBAgIUZGsJZtc/jKWE4TdOd5lRIUdHejQwCgYIKoZIzj0EAwIw
      DDEKMAgGA1UEAwwBYTAgFw0yNjExMjkwMjQxNDJaGA8yMTI2MTEwNTAyNDE0Mlow
      DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLWhLnaVAueu
      6eV9dg0wkGerIELaDJp3J0ao45QwhhWHfeqFj5EGmo32/+L+EC8lQnP8mFIYI0J6
      9TVCmyToKxKjUzBRMB0GA1UdDgQWBBQB1NzhQOp4XL/w/WeKfntIX8BNqTAfBgNV
      HSMEGDAWgBQB1NzhQOp4XL/w/WeKfntIX8BNqTAPBgNVHRMBAf8EBTADAQH/MAoG
      CCqGSM49BAMCA0gAMEUCIG/XVweTq1oC4FMp44I3QdkDsWfI+UaJ8SalKrvIGYuC
      AiEAnFcYz8JMV4mJih8DV6cLD4MbOXJDHtSuSkbNY4puuas=
      -----END CERTIFICATE-----
      """;

  @Test
  void aCertificateInPemIsTheCertificateInOneLine() {
    SigningCertificate certificate = SigningCertificate.parse(RecordedKeys.CERTIFICATE);
    assertThat(certificate.pem()).isEqualTo(RecordedKeys.CERTIFICATE);
    assertThat(SigningCertificate.parse(certificate.base64())).isEqualTo(certificate);
    assertThat(certificate.der()).hasSize(795);
    assertThat(certificate.x509().getSubjectX500Principal()).hasToString("CN=Mini Signing Key");
  }

  /// `sha256sum` of the recorded `uki-signing-cert.der`.
  @Test
  void plansNameACertificateByTheDigestOfItsDer() {
    assertThat(RecordedKeys.KEYS.ids().certificate().hex())
        .isEqualTo("c45af4e27df0e3be44f26731950242d21a1f9d23dce57a7a0f6917dd75ea0e2a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not PEM", "MIID", RecordedKeys.PCR_KEY})
  void refusesWhatIsNoCertificate(String text) {
    assertThatThrownBy(() -> SigningCertificate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not one certificate in PEM (BEGIN CERTIFICATE); make a new set of keys with:"
                + " image-service make-keys DIR");
  }

  @Test
  void refusesACertificateOfAKeyThatFirmwareDoesNotTake() {
    assertThatThrownBy(() -> SigningCertificate.parse(EC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not an RSA key, and secure boot takes RSA keys of 2048 to 4096 bits; make a new set of"
                + " keys with: image-service make-keys DIR");
  }

  @ParameterizedTest
  @CsvSource({"Ed25519, 255, not an RSA key", "RSA, 4104, an RSA key of 4104 bits"})
  void refusesKeysThatATpmDoesNotTake(String algorithm, int bits, String what) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    SigningKey key = SigningKey.of(generator.generateKeyPair().getPublic());
    SigningCertificate certificate = RecordedKeys.KEYS.certificate();
    assertThatThrownBy(() -> new BootKeys(certificate, key, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            what
                + ", and secure boot takes RSA keys of 2048 to 4096 bits; make a new set of keys"
                + " with: image-service make-keys DIR");
  }
}
