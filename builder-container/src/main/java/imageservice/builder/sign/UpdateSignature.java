package imageservice.builder.sign;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who signed the update of a variable: PKCS #7 SignedData (RFC 2315, 9), with a ContentInfo around
/// it or without, of one signer, as firmware takes it (UEFI 2.10, 8.2.2).
public final class UpdateSignature {
  private static final int INTEGER = 0x02;
  private static final Map<String, String> HASHES =
      Map.of(
          hex("2.16.840.1.101.3.4.2.1"), "SHA256",
          hex("2.16.840.1.101.3.4.2.2"), "SHA384",
          hex("2.16.840.1.101.3.4.2.3"), "SHA512");

  private static final String MESSAGE_DIGEST = hex("1.2.840.113549.1.9.4");

  private final List<X509Certificate> certificates;
  private final String hash;
  private final byte @Nullable [] attributes;
  private final byte[] value;

  private UpdateSignature(
      List<X509Certificate> certificates, String hash, byte @Nullable [] attributes, byte[] value) {
    this.certificates = certificates;
    this.hash = hash;
    this.attributes = attributes;
    this.value = value;
  }

  /// @throws SigningException where it is none
  public static UpdateSignature read(byte[] der) throws SigningException {
    DerReader data = DerReader.of(der).in(DerReader.SEQUENCE);
    if (data.isAt(DerReader.OID)) {
      data = data.skip(DerReader.OID).in(DerReader.context(0)).in(DerReader.SEQUENCE);
    }
    data.skip(INTEGER).skip(DerReader.SET).skip(DerReader.SEQUENCE);
    List<X509Certificate> certificates = certificates(data.content(DerReader.context(0)));
    if (data.isAt(DerReader.context(1))) {
      data.skip(DerReader.context(1)); // revocations
    }
    DerReader signer = data.in(DerReader.SET).in(DerReader.SEQUENCE);
    signer.skip(INTEGER).skip(DerReader.SEQUENCE);
    String oid = hex(signer.in(DerReader.SEQUENCE).content(DerReader.OID));
    byte[] attributes =
        signer.isAt(DerReader.context(0)) ? signer.content(DerReader.context(0)) : null;
    signer.skip(DerReader.SEQUENCE);
    String hash = HASHES.get(oid);
    if (hash == null) {
      throw malformed("a hash that is none of SHA-256, SHA-384 and SHA-512");
    }
    return new UpdateSignature(certificates, hash, attributes, signer.content(DerReader.OCTETS));
  }

  private static List<X509Certificate> certificates(byte[] encoded) throws SigningException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(encoded))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw malformed("certificates that cannot be read");
    }
  }

  private static SigningException malformed(String reason) {
    return new SigningException("PKCS #7: " + reason);
  }

  /// The certificate by whose key these bytes are signed; empty where they are not.
  public Optional<X509Certificate> signer(byte[] bytes) throws SigningException {
    byte[] signed = bytes;
    if (attributes != null) {
      if (!Arrays.equals(messageDigest(attributes), SignatureHash.valueOf(hash).of(bytes))) {
        return Optional.empty();
      }
      signed = Der.set(attributes);
    }
    for (X509Certificate certificate : certificates) {
      if (verifies(certificate, signed)) {
        return Optional.of(certificate);
      }
    }
    return Optional.empty();
  }

  private static byte[] messageDigest(byte[] attributes) throws SigningException {
    DerReader all = DerReader.of(attributes);
    while (all.hasMore()) {
      DerReader attribute = all.in(DerReader.SEQUENCE);
      if (hex(attribute.content(DerReader.OID)).equals(MESSAGE_DIGEST)) {
        return attribute.in(DerReader.SET).content(DerReader.OCTETS);
      }
    }
    throw malformed("attributes without messageDigest");
  }

  private boolean verifies(X509Certificate certificate, byte[] signed) {
    try {
      Signature verifier = Signature.getInstance(hash + "withRSA");
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(signed);
      return verifier.verify(value);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind or length
    }
  }

  private static String hex(String dotted) {
    return hex(Der.content(Der.oid(dotted)));
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
