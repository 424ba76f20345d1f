package imageservice.builder.sign;

import imageservice.plan.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Signs by a private key out of a file.
public final class PemSigner implements Signer {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final SigningKey key;
  private final String algorithm;
  private final PrivateKey secret;

  private PemSigner(SigningKey key, String algorithm, PrivateKey secret) {
    this.key = key;
    this.algorithm = algorithm;
    this.secret = secret;
  }

  /// @param pem a private key in the form of PKCS #8, not encrypted
  /// @throws IllegalArgumentException where it is no fit key, with what to do
  public static PemSigner of(String pem) {
    PrivateKey secret =
        read(pem)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "not a private key in PEM (BEGIN PRIVATE KEY), without a password; "
                        + SigningKey.MAKE));
    try {
      return switch (secret) {
        case RSAPrivateCrtKey rsa -> new PemSigner(key(publicOf(rsa)), "SHA256withRSA", rsa);
        case EdECPrivateKey edwards ->
            new PemSigner(key(Ed25519.publicOf(edwards)), "Ed25519", edwards);
        default -> throw SigningKey.unfit(secret.getAlgorithm());
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a damaged private key; " + SigningKey.MAKE, e);
    }
  }

  private static SigningKey key(PublicKey key) {
    return SigningKey.of(key);
  }

  private static Optional<PrivateKey> read(String pem) {
    String text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      return Optional.empty();
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    for (String algorithm : List.of("RSA", "EdDSA", "EC")) {
      try {
        byte[] encoded = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // of another kind, or none at all
      }
    }
    return Optional.empty();
  }

  private static PublicKey publicOf(RSAPrivateCrtKey rsa) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
  }

  @Override
  public SigningKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] bytes) throws IOException {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException("the signing key does not sign", e);
    }
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "PemSigner[" + key.id() + "]";
  }
}
