package imageservice.builder.sign;

import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/// Makes the certificate of a key for secure boot, signed by itself: RFC 5280, 4.1.
///
/// @param name of organization and certificate alike
public record SelfSigned(String name, BigInteger serial, Instant from, Instant until) {
  private static final byte[] SHA256_WITH_RSA =
      Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nothing());

  private static final byte[] COMMON_NAME = Der.oid("2.5.4.3");
  private static final byte[] ORGANIZATION = Der.oid("2.5.4.10");
  private static final byte[] SUBJECT_KEY_IDENTIFIER = Der.oid("2.5.29.14");
  private static final byte[] KEY_USAGE = Der.oid("2.5.29.15");
  private static final byte[] BASIC_CONSTRAINTS = Der.oid("2.5.29.19");

  /// digitalSignature and keyCertSign: the first and the sixth of eight bits.
  private static final byte[] USES = Der.bits(2, new byte[] {(byte) 0x84});

  /// Of version 3.
  private static final int VERSION = 2;

  public SigningCertificate certificate(Signer signer) throws IOException {
    byte[] body = body(signer);
    byte[] all = Der.sequence(body, SHA256_WITH_RSA, Der.bits(0, signer.sign(body)));
    return new SigningCertificate(Base64.getEncoder().encodeToString(all));
  }

  private byte[] body(Signer signer) throws IOException {
    return Der.sequence(
        Der.tagged(0, Der.integer(VERSION)),
        Der.integer(serial),
        SHA256_WITH_RSA,
        distinguishedName(),
        Der.sequence(Der.time(from), Der.time(until)),
        distinguishedName(),
        Base64.getDecoder().decode(signer.key().base64()),
        Der.tagged(3, extensions((RSAPublicKey) signer.key().key())));
  }

  private byte[] distinguishedName() {
    return Der.sequence(attribute(ORGANIZATION), attribute(COMMON_NAME));
  }

  private byte[] attribute(byte[] type) {
    return Der.set(Der.sequence(type, Der.utf8(name)));
  }

  /// That it is a certificate authority lets firmware take it for its own root.
  private static byte[] extensions(RSAPublicKey key) {
    return Der.sequence(
        Der.sequence(KEY_USAGE, Der.yes(), Der.octets(USES)),
        Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence(Der.yes()))),
        Der.sequence(SUBJECT_KEY_IDENTIFIER, Der.octets(Der.octets(identifier(key)))));
  }

  /// RFC 5280, 4.2.1.2: the SHA-1 of the key.
  private static byte[] identifier(RSAPublicKey key) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(RsaKeys.pkcs1(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
