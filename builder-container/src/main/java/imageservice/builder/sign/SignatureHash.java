package imageservice.builder.sign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash that is signed in place of the bytes.
public enum SignatureHash {
  SHA256("SHA-256"),
  SHA384("SHA-384"),
  SHA512("SHA-512");

  private final String algorithm;

  SignatureHash(String algorithm) {
    this.algorithm = algorithm;
  }

  public byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no " + algorithm, e);
    }
  }
}
