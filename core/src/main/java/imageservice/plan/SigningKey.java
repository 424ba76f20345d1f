package imageservice.plan;

import imageservice.release.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The public key by which people verify what the service signs: RSA of at least 2048 bits, or
/// Ed25519. Their signatures of equal bytes are equal.
///
/// @param base64 its SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER
public record SigningKey(String base64) {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final String LINES = "(.{64})(?=.)";
  private static final int LEAST_BITS = 2048;

  /// What makes a fit key.
  public static final String MAKE =
      "make one with: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out signing.pem"
          + " (or: openssl genpkey -algorithm ed25519 -out signing.pem)";

  /// @throws IllegalArgumentException where it is no fit key, with what to do
  public static SigningKey of(PublicKey key) {
    require(key);
    return new SigningKey(Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  /// @param text PEM, or what is between its first and last line
  /// @throws IllegalArgumentException where it is no fit key, with what to do
  public static SigningKey parse(String text) {
    String body = text.strip();
    if (body.startsWith(BEGIN) && body.endsWith(END)) {
      body = body.substring(BEGIN.length(), body.length() - END.length());
    }
    return of(
        read(body.replaceAll("\\s", ""))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "not a public key: write it with: openssl pkey -in signing.pem -pubout")));
  }

  private static Optional<PublicKey> read(String base64) {
    for (String algorithm : List.of("RSA", "EdDSA", "EC")) {
      try {
        byte[] info = Base64.getDecoder().decode(base64);
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info)));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // of another kind, or none at all
      }
    }
    return Optional.empty();
  }

  private static void require(PublicKey key) {
    switch (key) {
      case RSAPublicKey rsa when rsa.getModulus().bitLength() >= LEAST_BITS -> {}
      case RSAPublicKey rsa ->
          throw new IllegalArgumentException(
              "an RSA key of %d bits, and %d are the least: %s"
                  .formatted(rsa.getModulus().bitLength(), LEAST_BITS, MAKE));
      case EdECPublicKey edwards
          when edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName()) -> {}
      default -> throw unfit(key.getAlgorithm());
    }
  }

  /// @param algorithm that a key is for, as the JDK calls it
  public static IllegalArgumentException unfit(String algorithm) {
    return new IllegalArgumentException(
        algorithm.equals("EC")
            ? "EC keys sign the same bytes differently each time, and an image has to be the same"
                + " bytes wherever it is built; use an RSA or Ed25519 key: "
                + MAKE
            : "a key for %s; use an RSA or Ed25519 key: %s".formatted(algorithm, MAKE));
  }

  /// The key itself.
  public PublicKey key() {
    return read(base64).orElseThrow();
  }

  /// By which plans name it.
  public Digest id() {
    return Digest.of(Base64.getDecoder().decode(base64));
  }

  /// The key as a file (RFC 7468, 13).
  public String pem() {
    return BEGIN + "\n" + base64.replaceAll(LINES, "$1\n") + "\n" + END + "\n";
  }
}
