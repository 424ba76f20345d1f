package imageservice.builder.sign;

import imageservice.plan.SigningKey;
import java.io.IOException;

/// Signs bytes: by RSA as in PKCS #1 v1.5 with SHA-256, or by Ed25519. Equal bytes get equal
/// signatures.
public interface Signer {
  /// The key that verifies what this signs.
  SigningKey key() throws IOException;

  byte[] sign(byte[] bytes) throws IOException;
}
