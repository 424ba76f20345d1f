package imageservice.functions.http;

import java.nio.charset.StandardCharsets;

/// Paths and queries as they may stand in a `Location`.
public final class Paths {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=:@";

  private Paths() {}

  /// Percent-encodes whatever may not stand in a path (RFC 3986, 3.3), control characters and line
  /// breaks among it.
  public static String encode(String path) {
    return encode(path, PLAIN);
  }

  /// Percent-encodes whatever may not stand in a query (RFC 3986, 3.4) that is encoded already.
  static String encodeQuery(String query) {
    return encode(query, PLAIN + "?%");
  }

  /// Percent-encodes a value for a query.
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
