package imageservice.builder.sign;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Keys for tests.
public final class Keys {
  /// RFC 8032, 7.1, test 1, in the form of PKCS #8 (RFC 8410, 7).
  public static final String ED25519 =
      pem(
          "302e020100300506032b657004220420"
              + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

  private Keys() {}

  /// A new RSA key.
  public static String rsa(int bits) {
    return fresh("RSA", bits);
  }

  static String fresh(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return pem(generator.generateKeyPair().getPrivate().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String hex) {
    return pem(HexFormat.of().parseHex(hex));
  }

  private static String pem(byte[] encoded) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded)
        + "\n-----END PRIVATE KEY-----\n";
  }
}
