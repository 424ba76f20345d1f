package imageservice.local;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads private keys in PEM as tools write them: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017, A.1.2) and
/// RFC 5915 of elliptic curves. The latter two are set into PKCS #8, which Java reads.
final class TlsKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /// AlgorithmIdentifier of rsaEncryption (1.2.840.113549.1.1.1), with NULL.
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /// id-ecPublicKey (1.2.840.10045.2.1).
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  private TlsKey() {}

  /// @throws IllegalArgumentException where it is no key that can be used, with what to do
  static PrivateKey parse(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (pem.contains("ENCRYPTED")) {
      throw new IllegalArgumentException(
          "the key has a password; write it without one by openssl pkey -in FILE -out OTHER");
    }
    if (!block.find()) {
      throw new IllegalArgumentException(
          "there is no private key in PEM in it (BEGIN PRIVATE KEY)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      return key(
          switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
            case "EC PRIVATE KEY" -> pkcs8(element(SEQUENCE, EC, curve(der)), der);
            default -> der;
          });
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "the private key is damaged, or of a kind not used for TLS", e);
    }
  }

  private static PrivateKey key(byte[] pkcs8) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // It is another algorithm's, or nobody's.
      }
    }
    throw new IllegalArgumentException("no key");
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, element(INTEGER, new byte[1]), algorithm, element(OCTET_STRING, key));
  }

  /// The object identifier of the curve in `[0]` of an ECPrivateKey (RFC 5915, 3).
  private static byte[] curve(byte[] der) {
    ByteBuffer key = ByteBuffer.wrap(content(ByteBuffer.wrap(der), SEQUENCE));
    content(key, INTEGER);
    content(key, OCTET_STRING);
    return content(key, PARAMETERS);
  }

  /// The content of the next element.
  private static byte[] content(ByteBuffer in, int tag) {
    if ((in.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("not the element that is due");
    }
    int length = in.get() & 0xFF;
    if (length > 0x7F) {
      int bytes = length & 0x7F;
      length = 0;
      for (int i = 0; i < Math.min(bytes, 3); i++) {
        length = (length << 8) | (in.get() & 0xFF);
      }
    }
    if (length > in.remaining()) {
      throw new IllegalArgumentException("an element that is cut off");
    }
    byte[] content = new byte[length];
    in.get(content);
    return content;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(content::writeBytes);
    int length = content.size();
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (length > 0x7F) {
      byte[] digits = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
      int first = Integer.numberOfLeadingZeros(length) / Byte.SIZE;
      element.write(0x80 | (Integer.BYTES - first));
      element.write(digits, first, Integer.BYTES - first);
    } else {
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
