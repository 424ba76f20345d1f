package imageservice.formats.tpm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The registers of one hash algorithm: TPM 2.0 Library, part 2, table 9 (TPM_ALG_ID).
public enum PcrBank {
  SHA256("SHA-256", 0x000B, 32),
  SHA384("SHA-384", 0x000C, 48),
  SHA512("SHA-512", 0x000D, 64);

  private final String algorithm;
  private final int algorithmId;
  private final int size;

  PcrBank(String algorithm, int algorithmId, int size) {
    this.algorithm = algorithm;
    this.algorithmId = algorithmId;
    this.size = size;
  }

  /// Bytes of a register.
  public int size() {
    return size;
  }

  /// As systemd names it: `sha256`.
  public String label() {
    return algorithm.replace("-", "").toLowerCase(java.util.Locale.ROOT);
  }

  int algorithmId() {
    return algorithmId;
  }

  MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no " + algorithm, e);
    }
  }
}
