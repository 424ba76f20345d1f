package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.testing.Judge;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class SelfSignedToolTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void opensslVerifiesTheCertificate() throws IOException {
    Instant from = Instant.parse("2026-01-02T03:04:05Z");
    SigningCertificate certificate =
        new SelfSigned(
                "A Signing Key",
                new BigInteger("123456789abcdef0", 16),
                from,
                Instant.parse("2056-01-02T03:04:05Z"))
            .certificate(PemSigner.forBoot(BootTestKeys.KEY));
    Path file = folder.resolve("cert.pem");
    Files.writeString(file, certificate.pem());
    Judge openssl = Judge.named("openssl");
    openssl
        .run(
            "verify",
            "-x509_strict",
            "-check_ss_sig",
            "-attime",
            "" + from.plusSeconds(60).getEpochSecond(),
            "-CAfile",
            file.toString(),
            file.toString())
        .accepted();
    assertThat(openssl.run("x509", "-in", file.toString(), "-noout", "-text").accepted().output())
        .contains(
            "Serial Number: 1311768467463790320 (0x123456789abcdef0)",
            "Issuer: O = A Signing Key, CN = A Signing Key",
            "Subject: O = A Signing Key, CN = A Signing Key",
            "Not Before: Jan  2 03:04:05 2026 GMT",
            "Not After : Jan  2 03:04:05 2056 GMT",
            "Digital Signature, Certificate Sign",
            "CA:TRUE",
            "X509v3 Subject Key Identifier");
    assertThat(SigningCertificate.parse(certificate.pem())).isEqualTo(certificate);
  }

  @Test
  void opensslReadsThePrivateKeyOfPkcs1() throws Exception {
    java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String pem =
        RsaKeys.pem(
            (java.security.interfaces.RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    Path file = folder.resolve("key.pem");
    Files.writeString(file, pem);
    assertThat(
            Judge.named("openssl")
                .run("rsa", "-in", file.toString(), "-check", "-noout")
                .accepted()
                .output())
        .contains("RSA key ok");
    assertThat(PemSigner.forBoot(pem).key().pem())
        .isEqualTo(
            Judge.named("openssl")
                .run("pkey", "-in", file.toString(), "-pubout")
                .accepted()
                .output());
  }
}
