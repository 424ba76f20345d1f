package imageservice.builder.sign;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/// RSA keys in the form of PKCS #1 (RFC 8017, A.1).
public final class RsaKeys {
  private static final int COLUMNS = 64;

  private RsaKeys() {}

  public static byte[] pkcs1(RSAPublicKey key) {
    return Der.sequence(Der.integer(key.getModulus()), Der.integer(key.getPublicExponent()));
  }

  /// A private key as a file, which the reference reads as well.
  public static String pem(RSAPrivateCrtKey key) {
    byte[] encoded =
        Der.sequence(
            Der.integer(0),
            Der.integer(key.getModulus()),
            Der.integer(key.getPublicExponent()),
            Der.integer(key.getPrivateExponent()),
            Der.integer(key.getPrimeP()),
            Der.integer(key.getPrimeQ()),
            Der.integer(key.getPrimeExponentP()),
            Der.integer(key.getPrimeExponentQ()),
            Der.integer(key.getCrtCoefficient()));
    return "-----BEGIN RSA PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded)
        + "\n-----END RSA PRIVATE KEY-----\n";
  }
}
