package imageservice.plan;

import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// The certificate by which firmware verifies what it starts. Its key is RSA of 2048 to 4096 bits,
/// as firmware is known to have.
///
/// @param base64 of its DER
public record SigningCertificate(String base64) {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final String LINES = "(.{64})(?=.)";

  /// How keys come to be.
  public static final String MAKE = "make a new set of keys with: image-service make-keys DIR";

  /// @param text PEM, or what is between its first and last line
  /// @throws IllegalArgumentException where it is no fit certificate, with what to do
  public static SigningCertificate parse(String text) {
    String body = text.strip();
    if (body.startsWith(BEGIN) && body.endsWith(END)) {
      body = body.substring(BEGIN.length(), body.length() - END.length());
    }
    SigningCertificate certificate = new SigningCertificate(body.replaceAll("\\s", ""));
    BootKeys.require(certificate.x509().getPublicKey());
    return certificate;
  }

  /// @throws IllegalArgumentException where there is no certificate
  public X509Certificate x509() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der()));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not one certificate in PEM (BEGIN CERTIFICATE); " + MAKE, e);
    }
  }

  /// The key in it.
  public SigningKey key() {
    return SigningKey.of(x509().getPublicKey());
  }

  /// By which plans name it.
  public Digest id() {
    return Digest.of(der());
  }

  public byte[] der() {
    return Base64.getDecoder().decode(base64);
  }

  /// The certificate as a file (RFC 7468, 5).
  public String pem() {
    return BEGIN + "\n" + base64.replaceAll(LINES, "$1\n") + "\n" + END + "\n";
  }
}
