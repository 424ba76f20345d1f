package imageservice.builder.sign;

import imageservice.plan.BootKeys;
import imageservice.plan.SigningCertificate;
import imageservice.plan.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;

/// Signs by a private key out of a file.
public final class PemSigner implements Signer {
  private static final String ED25519 = "Ed25519";

  /// Behind the name of a hash.
  private static final String WITH_RSA = "withRSA";

  private final SigningKey key;
  private final String algorithm;
  private final PrivateKey secret;

  private PemSigner(SigningKey key, String algorithm, PrivateKey secret) {
    this.key = key;
    this.algorithm = algorithm;
    this.secret = secret;
  }

  /// @param pem a private key in the form of PKCS #8, or of PKCS #1 for RSA, not encrypted
  /// @throws IllegalArgumentException where it is no fit key, with what to do
  public static PemSigner of(String pem) {
    PrivateKey secret =
        PrivateKeyPem.read(pem)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "not a private key in PEM (BEGIN PRIVATE KEY), without a password; "
                        + SigningKey.MAKE));
    try {
      return switch (secret) {
        case RSAPrivateCrtKey rsa -> new PemSigner(key(publicOf(rsa)), WITH_RSA, rsa);
        case EdECPrivateKey edwards ->
            new PemSigner(key(Ed25519.publicOf(edwards)), ED25519, edwards);
        default -> throw SigningKey.unfit(secret.getAlgorithm());
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a damaged private key; " + SigningKey.MAKE, e);
    }
  }

  /// The same of a key for secure boot, which is RSA of 2048 to 4096 bits.
  ///
  /// @throws IllegalArgumentException where it is no such key, with what to do
  public static PemSigner forBoot(String pem) {
    PrivateKey secret =
        PrivateKeyPem.read(pem)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "not a private key in PEM (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY) without a"
                        + " password; "
                        + SigningCertificate.MAKE));
    if (!(secret instanceof RSAPrivateCrtKey rsa)) {
      throw BootKeys.unfit("not an RSA key");
    }
    try {
      PublicKey key = publicOf(rsa);
      BootKeys.require(key);
      return new PemSigner(key(key), WITH_RSA, rsa);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a damaged private key; " + SigningCertificate.MAKE, e);
    }
  }

  private static SigningKey key(PublicKey key) {
    return SigningKey.of(key);
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
  public byte[] sign(SignatureHash hash, byte[] bytes) throws IOException {
    try {
      Signature signature =
          Signature.getInstance(algorithm.equals(ED25519) ? ED25519 : hash + algorithm);
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
