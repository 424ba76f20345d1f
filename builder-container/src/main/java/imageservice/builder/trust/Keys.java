package imageservice.builder.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/// Public keys, and signatures by them.
final class Keys {
  private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519");
  private static final int LEAST_RSA_BITS = 2048;

  private Keys() {}

  /// @param encoded SubjectPublicKeyInfo (RFC 5280, section 4.1)
  static PublicKey of(Bytes encoded) throws UntrustedException {
    for (String kind : KINDS) {
      try {
        PublicKey key =
            KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded.array()));
        if (isStrong(key) && Bytes.of(key.getEncoded()).equals(encoded)) {
          return key;
        }
      } catch (GeneralSecurityException e) {
        // of another kind, or none at all
      }
    }
    throw new UntrustedException("a public key that is none of EC, Ed25519 or RSA of 2048 bits");
  }

  private static boolean isStrong(PublicKey key) {
    return !(key instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
  }

  static PublicKey ofPem(String pem) throws UntrustedException {
    return of(Pem.only(pem, "PUBLIC KEY"));
  }

  /// That a signature with SHA-256 is the key's over this message.
  ///
  /// @param what is signed, for messages
  static void require(PublicKey key, Bytes message, Bytes signature, String what)
      throws UntrustedException {
    require(key, "SHA256", message, signature, what);
  }

  /// @param hash such as `SHA384`; Ed25519 has its own
  static void require(PublicKey key, String hash, Bytes message, Bytes signature, String what)
      throws UntrustedException {
    if (!isBy(key, hash, message, signature)) {
      throw new UntrustedException("the signature of %s is not the key's".formatted(what));
    }
  }

  private static boolean isBy(PublicKey key, String hash, Bytes message, Bytes signature) {
    try {
      Signature check = Signature.getInstance(algorithm(key, hash));
      check.initVerify(key);
      check.update(message.array());
      return check.verify(signature.array());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey key, String hash) {
    return switch (key.getAlgorithm()) {
      case "EC" -> hash + "withECDSA";
      case "RSA" -> hash + "withRSA";
      default -> "Ed25519";
    };
  }
}
