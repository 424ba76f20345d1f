package imageservice.functions.http;

import java.nio.charset.StandardCharsets;

/// Percent-encodes paths and queries for the header `Location`.
public final class Paths {
  /// `pchar` of RFC 3986, 3.3, and the slash, `unreserved` first.
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=:@";

  private Paths() {}

  /// Percent-encodes every byte that RFC 3986, 3.3 does not allow in a path, line breaks included.
  public static String encode(String path) {
    return encode(path, PLAIN);
  }

  /// Percent-encodes every byte that RFC 3986, 3.4 does not allow in a query; escapes that the
  /// query has already stay as they are.
  static String encodeQuery(String query) {
    return encode(query, PLAIN + "?%");
  }

  /// Percent-encodes every byte of a query parameter but `unreserved` (RFC 3986, 2.3).
  public static String encodeParameter(String value) {
    return encode(value, PLAIN.substring(0, PLAIN.indexOf('/')));
  }

  private static String encode(String text, String plain) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (plain.indexOf((char) (b & 0xFF)) >= 0) {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b & 0xFF));
      }
    }
    return out.toString();
  }
}
