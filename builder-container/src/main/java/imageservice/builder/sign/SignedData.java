package imageservice.builder.sign;

import imageservice.plan.Epoch;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// PKCS #7 SignedData (RFC 2315, 9) of the two kinds that firmware verifies, each with one signer
/// and its certificate. Its time is the epoch of all assets: firmware reads none, and equal plans
/// give equal bytes.
final class SignedData {
  private static final byte[] SIGNED_DATA = Der.oid("1.2.840.113549.1.7.2");
  private static final byte[] DATA = Der.oid("1.2.840.113549.1.7.1");
  private static final byte[] CONTENT_TYPE = Der.oid("1.2.840.113549.1.9.3");
  private static final byte[] MESSAGE_DIGEST = Der.oid("1.2.840.113549.1.9.4");
  private static final byte[] SIGNING_TIME = Der.oid("1.2.840.113549.1.9.5");
  private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nothing());
  private static final byte[] SHA256 =
      Der.sequence(Der.oid("2.16.840.1.101.3.4.2.1"), Der.nothing());

  /// Windows Authenticode Portable Executable Signature Format: SPC_INDIRECT_DATA_OBJID and
  /// SPC_PE_IMAGE_DATAOBJ.
  private static final byte[] INDIRECT_DATA = Der.oid("1.3.6.1.4.1.311.2.1.4");

  private static final byte[] PE_IMAGE_DATA = Der.oid("1.3.6.1.4.1.311.2.1.15");
  private static final String OBSOLETE = "<<<Obsolete>>>";

  private final SigningCertificate certificate;
  private final Signer signer;

  SignedData(SigningCertificate certificate, Signer signer) {
    this.certificate = certificate;
    this.signer = signer;
  }

  /// The signature of an executable, as a ContentInfo.
  ///
  /// @param hash of the image, SHA-256
  byte[] ofImage(byte[] hash) throws IOException {
    byte[] content = Der.sequence(peImageData(), Der.sequence(SHA256, Der.octets(hash)));
    byte[] signed =
        signed(
            Der.sequence(INDIRECT_DATA, Der.tagged(0, content)),
            INDIRECT_DATA,
            Der.content(content));
    return Der.sequence(SIGNED_DATA, Der.tagged(0, signed));
  }

  private static byte[] peImageData() {
    byte[] file =
        Der.tagged(0, Der.tagged(2, Der.implicit(0, OBSOLETE.getBytes(StandardCharsets.UTF_16BE))));
    return Der.sequence(PE_IMAGE_DATA, Der.sequence(Der.bits(0, new byte[0]), file));
  }

  /// The signature of bytes that lie elsewhere, without a ContentInfo.
  byte[] ofBytes(byte[] bytes) throws IOException {
    return signed(Der.sequence(DATA), DATA, bytes);
  }

  private byte[] signed(byte[] contentInfo, byte[] type, byte[] content) throws IOException {
    return Der.sequence(
        Der.integer(1),
        Der.set(SHA256),
        contentInfo,
        Der.tagged(0, certificate.der()),
        Der.set(signerInfo(attributes(type, content))));
  }

  /// In the order of their encodings, as DER has sets.
  private static byte[] attributes(byte[] type, byte[] content) {
    return Der.set(
        Der.sequence(CONTENT_TYPE, Der.set(type)),
        Der.sequence(SIGNING_TIME, Der.set(Der.time(Instant.ofEpochSecond(Epoch.SECONDS)))),
        Der.sequence(MESSAGE_DIGEST, Der.set(Der.octets(SignatureHash.SHA256.of(content)))));
  }

  private byte[] signerInfo(byte[] attributes) throws IOException {
    X509Certificate x509 = certificate.x509();
    return Der.sequence(
        Der.integer(1),
        Der.sequence(
            x509.getIssuerX500Principal().getEncoded(), Der.integer(x509.getSerialNumber())),
        SHA256,
        Der.tagged(0, Der.content(attributes)),
        RSA,
        Der.octets(signer.sign(attributes)));
  }
}
