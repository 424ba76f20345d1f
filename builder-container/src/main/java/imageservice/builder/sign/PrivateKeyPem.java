package imageservice.builder.sign;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Private keys as files: PKCS #8 (RFC 5958) of any kind, and PKCS #1 (RFC 8017, A.1.2) of RSA.
final class PrivateKeyPem {
  private static final String PKCS_8 = "PRIVATE KEY";
  private static final String PKCS_1 = "RSA PRIVATE KEY";
  private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nothing());

  private PrivateKeyPem() {}

  /// The key; empty where there is none that can be read without a password.
  static Optional<PrivateKey> read(String pem) {
    return body(pem, PKCS_8)
        .or(() -> body(pem, PKCS_1).map(PrivateKeyPem::wrapped))
        .flatMap(PrivateKeyPem::key);
  }

  private static Optional<byte[]> body(String pem, String label) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    String text = pem.strip();
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      return Optional.empty();
    }
    String body = text.substring(begin.length(), text.length() - end.length());
    try {
      return Optional.of(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // damaged, or encrypted with headers
    }
  }

  /// PKCS #8 has the other form in it.
  private static byte[] wrapped(byte[] pkcs1) {
    return Der.sequence(Der.integer(BigInteger.ZERO), RSA, Der.octets(pkcs1));
  }

  private static Optional<PrivateKey> key(byte[] encoded) {
    for (String algorithm : List.of("RSA", "EdDSA", "EC")) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException e) {
        // of another kind, or none at all
      }
    }
    return Optional.empty();
  }
}
