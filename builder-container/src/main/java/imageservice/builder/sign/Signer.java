package imageservice.builder.sign;

import imageservice.plan.SigningKey;
import java.io.IOException;

/// Signs bytes: by RSA as in PKCS #1 v1.5, or by Ed25519. Equal bytes get equal signatures.
public interface Signer {
  /// The key that verifies what this signs.
  SigningKey key() throws IOException;

  /// @param hash for RSA; Ed25519 has a hash of its own
  byte[] sign(SignatureHash hash, byte[] bytes) throws IOException;

  /// Signs the SHA-256 of the bytes.
  default byte[] sign(byte[] bytes) throws IOException {
    return sign(SignatureHash.SHA256, bytes);
  }
}
