package imageservice.functions.asset;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// The key by which a CDN knows that a link is the service's: RSA, as CloudFront takes it.
///
/// @param id by which the CDN finds the public key
public record EdgeKey(String id, PrivateKey key) {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  /// @param pem an RSA key in the form of PKCS #8, not encrypted
  /// @throws IllegalArgumentException where it is none
  public static EdgeKey of(String id, String pem) {
    String text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException(
          "not an RSA key as `openssl genpkey -algorithm RSA` writes it (BEGIN PRIVATE KEY)");
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      byte[] encoded = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
      PKCS8EncodedKeySpec form = new PKCS8EncodedKeySpec(encoded);
      return new EdgeKey(id, KeyFactory.getInstance("RSA").generatePrivate(form));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("a damaged RSA key", e);
    }
  }

  /// The signature of a policy, by RSA and SHA-1, in the characters that CloudFront takes: "Create
  /// a signed URL using a canned policy" of its developer guide.
  String sign(String policy) {
    try {
      Signature signature = Signature.getInstance("SHA1withRSA");
      signature.initSign(key);
      signature.update(policy.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder()
          .encodeToString(signature.sign())
          .replace('+', '-')
          .replace('=', '_')
          .replace('/', '~');
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "EdgeKey[" + id + "]";
  }
}
